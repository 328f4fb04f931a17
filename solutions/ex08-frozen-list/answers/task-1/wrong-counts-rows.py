# expects: task-1-a=1, task-1-b=0
# mistake: counts rows instead of different entries
def count_by_copy(table, prefix):
    return table[table["ref"].str.startswith(prefix)]["snapshot"].value_counts().to_dict()
