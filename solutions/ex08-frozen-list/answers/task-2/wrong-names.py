# expects: task-2-a=0, task-2-b=1
# mistake: compares names, so that a respelt name comes and goes
def came_and_went(table, prefix, old, new):
    chosen = table[table["ref"].str.startswith(prefix)]
    before = chosen[chosen["snapshot"] == old]
    after = chosen[chosen["snapshot"] == new]
    return set(after["name"]) - set(before["name"]), set(before["name"]) - set(after["name"])


steps_taliban = 0
steps_al_qaida = 0
for old, new in zip(COPIES, COPIES[1:]):
    came, went = came_and_went(snapshots, "TA", old, new)
    if came or went:
        steps_taliban = steps_taliban + 1
    came, went = came_and_went(snapshots, "QD", old, new)
    if came or went:
        steps_al_qaida = steps_al_qaida + 1
