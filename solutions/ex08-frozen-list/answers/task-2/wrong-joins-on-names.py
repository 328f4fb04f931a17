# expects: task-2-a=1, task-2-b=1
# mistake: tells by the name whether an entry stands in the other copy
def came_and_went(table, prefix, old, new):
    chosen = table[table["ref"].str.startswith(prefix)]
    before = chosen[chosen["snapshot"] == old]
    after = chosen[chosen["snapshot"] == new]
    came = after[~after["name"].isin(before["name"])]["ref"]
    went = before[~before["name"].isin(after["name"])]["ref"]
    return set(came), set(went)


steps_taliban = 0
steps_al_qaida = 0
for old, new in zip(COPIES, COPIES[1:]):
    came, went = came_and_went(snapshots, "TA", old, new)
    if came or went:
        steps_taliban = steps_taliban + 1
    came, went = came_and_went(snapshots, "QD", old, new)
    if came or went:
        steps_al_qaida = steps_al_qaida + 1
