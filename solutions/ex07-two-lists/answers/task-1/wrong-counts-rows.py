# expects: task-1-a=1, task-1-b=0
# mistake: counts rows instead of different entries
def count_entries(table):
    return table["regime"].value_counts().to_dict()
