# expects: task-1-a=0, task-1-b=0
# mistake: types in the numbers of the UN's table
def count_entries(table):
    return {"1267/1989/2253 (ISIL & Al-Qaida)": 343, "1988 (Taliban)": 140}
