# way: collects the refs of each copy in a set, without pandas
def count_by_copy(table, prefix):
    refs = {}
    for day, ref in zip(table["snapshot"], table["ref"]):
        if ref[: len(prefix)] == prefix:
            refs.setdefault(day, set()).add(ref)
    return {day: len(found) for day, found in refs.items()}
