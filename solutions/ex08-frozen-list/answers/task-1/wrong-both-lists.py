# expects: task-1-a=0, task-1-b=1
# mistake: does not ask on which list an entry stands
def count_by_copy(table, prefix):
    return table.groupby("snapshot")["ref"].nunique().to_dict()
