# expects: task-6-a=0, task-6-b=1
# mistake: types in the three numbers
def total_range(table, version, dyad):
    return (5260, 5515, 8966)


total_al_qaida = total_range(deaths, "24.1", 878)
