# expects: task-2-a=2, task-2-b=0.5
# mistake: takes as many entries for the same entries
def came_and_went(table, prefix, old, new):
    chosen = table[table["ref"].str.startswith(prefix)]
    before = set(chosen[chosen["snapshot"] == old]["ref"])
    after = set(chosen[chosen["snapshot"] == new]["ref"])
    return after - before, before - after


steps_taliban = 0
steps_al_qaida = 0
for old, new in zip(COPIES, COPIES[1:]):
    listed = snapshots[snapshots["ref"].str.startswith("TA")]
    if (listed["snapshot"] == old).sum() != (listed["snapshot"] == new).sum():
        steps_taliban = steps_taliban + 1
    listed = snapshots[snapshots["ref"].str.startswith("QD")]
    if (listed["snapshot"] == old).sum() != (listed["snapshot"] == new).sum():
        steps_al_qaida = steps_al_qaida + 1
