# way: whole tables compared with 'any' along the rows, and numpy's numbers
def both_copies(table, prefix, old, new):
    listed = table[table["ref"].str.startswith(prefix)].set_index("ref")
    before, after = listed[listed["snapshot"] == old], listed[listed["snapshot"] == new]
    shared = before.index.intersection(after.index)
    return before.loc[shared], after.loc[shared]


def any_change(table, prefix, old, new, columns):
    before, after = both_copies(table, prefix, old, new)
    differs = (before[columns] != after[columns]).any(axis=1)
    return before.index[differs.to_numpy()]


def numbers_of(prefix):
    before, after = both_copies(snapshots, prefix, COPIES[3], COPIES[5])
    return (before[FIELDS] != after[FIELDS]).any(axis=1).sum(), before["kind"].count()


changed_taliban, compared_taliban = numbers_of("TA")
changed_al_qaida, compared_al_qaida = numbers_of("QD")
