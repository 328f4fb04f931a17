# expects: task-1-a=0, task-1-b=0
# mistake: forgets that groups and firms are entries too
def count_entries(table):
    people = table[table["ref"].str[2] == "i"]
    return people.groupby("regime")["ref"].nunique().to_dict()
