# way: whole columns, and a Series whose values are lists
def named(table, column):
    return table.query("kind == 'individual'").loc[lambda t: t[column] == "True", "ref"].unique()


def groups(found, standard):
    f, s = frozenset(found), frozenset(standard)
    parts = [sorted(f & s), sorted(f - s), sorted(s - f)]
    return dict(zip(["both", "found only", "standard only"], parts))
