# way: sets from the start, and the two sides of the difference counted in a sum
def refs_in(table, prefix, day):
    return set(table.loc[(table["snapshot"] == day) & table["ref"].str.startswith(prefix), "ref"])


def came_and_went(table, prefix, old, new):
    before, after = refs_in(table, prefix, old), refs_in(table, prefix, new)
    return [after - before, before - after]


steps = list(zip(COPIES, COPIES[1:]))
steps_taliban = sum(
    refs_in(snapshots, "TA", old) != refs_in(snapshots, "TA", new) for old, new in steps
)
steps_al_qaida = sum(any(came_and_went(snapshots, "QD", old, new)) for old, new in steps)
