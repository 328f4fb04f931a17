# expects: task-2-a=0, task-2-b=0.5
# mistake: does not ask on which list an entry stands
def came_and_went(table, prefix, old, new):
    before = set(table[table["snapshot"] == old]["ref"])
    after = set(table[table["snapshot"] == new]["ref"])
    return after - before, before - after


steps_taliban = 0
steps_al_qaida = 0
for old, new in zip(COPIES, COPIES[1:]):
    came, went = came_and_went(snapshots, "TA", old, new)
    if came or went:
        steps_taliban = steps_taliban + 1
    came, went = came_and_went(snapshots, "QD", old, new)
    if came or went:
        steps_al_qaida = steps_al_qaida + 1
