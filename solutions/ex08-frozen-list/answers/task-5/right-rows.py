# way: dictionaries from ref to the whole row of cells
def rows_of(table, prefix, day, columns):
    chosen = table[(table["snapshot"] == day) & table["ref"].str.startswith(prefix)]
    return {row["ref"]: [row[column] for column in columns] for _, row in chosen.iterrows()}


def any_change(table, prefix, old, new, columns):
    before = rows_of(table, prefix, old, columns)
    after = rows_of(table, prefix, new, columns)
    return [ref for ref in before if ref in after and before[ref] != after[ref]]


def compared(prefix):
    before = rows_of(snapshots, prefix, COPIES[3], FIELDS)
    after = rows_of(snapshots, prefix, COPIES[5], FIELDS)
    return len(before.keys() & after.keys())


changed_taliban = len(any_change(snapshots, "TA", COPIES[3], COPIES[5], FIELDS))
compared_taliban = compared("TA")
changed_al_qaida = len(any_change(snapshots, "QD", COPIES[3], COPIES[5], FIELDS))
compared_al_qaida = compared("QD")
