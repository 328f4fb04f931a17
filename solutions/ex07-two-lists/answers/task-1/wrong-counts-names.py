# expects: task-1-a=1, task-1-b=0
# mistake: takes a name for an entry
def count_entries(table):
    return table.groupby("regime")["name"].nunique().to_dict()
