# expects: task-2-a=0, task-2-b=0, task-2-c=1
# mistake: types in the years of the real table for one kind, and the two numbers
def overlap_years(table, kind):
    return [2004, 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016]


n_killed = 12
n_civilians = 7
