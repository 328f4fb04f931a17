# way: asks with isin which refs stand in the other copy, and returns two Series
def came_and_went(table, prefix, old, new):
    listed = table[table["ref"].str.startswith(prefix)]
    before = listed[listed["snapshot"] == old]["ref"]
    after = listed[listed["snapshot"] == new]["ref"]
    return after[~after.isin(before)], before[~before.isin(after)]


steps_taliban = 0
steps_al_qaida = 0
for number in range(len(COPIES) - 1):
    came, went = came_and_went(snapshots, "TA", COPIES[number], COPIES[number + 1])
    steps_taliban += len(came) + len(went) > 0
    came, went = came_and_went(snapshots, "QD", COPIES[number], COPIES[number + 1])
    steps_al_qaida += len(came) + len(went) > 0
