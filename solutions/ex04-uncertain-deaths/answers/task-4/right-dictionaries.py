# way: keeps each version in a dictionary, and returns a set
def estimates_of(table, version):
    rows = table[table["version"] == version]
    return {
        (year, dyad): (low, best, high)
        for year, dyad, low, best, high in zip(
            rows["year"], rows["dyad_id"], rows["bd_low"], rows["bd_best"], rows["bd_high"]
        )
    }


def changed(table, old, new):
    before, after = estimates_of(table, old), estimates_of(table, new)
    return {key for key in before if key in after and before[key] != after[key]}


n_first = len(changed(deaths, "21.1", "23.1"))
n_second = len(changed(deaths, "23.1", "24.1"))
before, after = estimates_of(deaths, "21.1"), estimates_of(deaths, "23.1")
outside = set()
for key in before:
    if key in after:
        low, _, high = before[key]
        if not low <= after[key][1] <= high:
            outside.add(key)
