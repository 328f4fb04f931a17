# expects: task-1-a=1, task-1-b=0
# mistake: takes a name for an entry
def count_by_copy(table, prefix):
    chosen = table[table["ref"].str.startswith(prefix)]
    return chosen.groupby("snapshot")["name"].nunique().to_dict()
