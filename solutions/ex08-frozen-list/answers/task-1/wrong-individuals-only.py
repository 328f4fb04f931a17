# expects: task-1-a=0, task-1-b=0
# mistake: forgets that groups and firms are entries too
def count_by_copy(table, prefix):
    chosen = table[table["ref"].str.startswith(prefix + "i")]
    return chosen.groupby("snapshot")["ref"].nunique().to_dict()
