# expects: task-2-a=0, task-2-b=1
# mistake: gives those that went first
def came_and_went(table, prefix, old, new):
    chosen = table[table["ref"].str.startswith(prefix)]
    before = set(chosen[chosen["snapshot"] == old]["ref"])
    after = set(chosen[chosen["snapshot"] == new]["ref"])
    return before - after, after - before


steps_taliban = 0
steps_al_qaida = 0
for old, new in zip(COPIES, COPIES[1:]):
    came, went = came_and_went(snapshots, "TA", old, new)
    if came or went:
        steps_taliban = steps_taliban + 1
    came, went = came_and_went(snapshots, "QD", old, new)
    if came or went:
        steps_al_qaida = steps_al_qaida + 1
