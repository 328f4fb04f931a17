# way: sets year and dyad as index, and reads the changed pairs from it
def version_of(table, version):
    rows = table[table["version"] == version].set_index(["year", "dyad_id"])
    return rows[["bd_low", "bd_best", "bd_high"]].sort_index()


def changed(table, old, new):
    before, after = version_of(table, old), version_of(table, new)
    both = before.index.intersection(after.index)
    return both[(before.loc[both] != after.loc[both]).any(axis=1)].tolist()


n_first = len(changed(deaths, "21.1", "23.1"))
n_second = len(changed(deaths, "23.1", "24.1"))
before, after = version_of(deaths, "21.1"), version_of(deaths, "23.1")
after = after.loc[before.index]
left = (after["bd_best"] < before["bd_low"]) | (after["bd_best"] > before["bd_high"])
outside = before.index[left].tolist()
