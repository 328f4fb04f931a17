# way: collects the refs of each regime in a set, without pandas
def count_entries(table):
    refs = {}
    for ref, regime in zip(table["ref"], table["regime"]):
        refs.setdefault(regime, set()).add(ref)
    return {regime: len(found) for regime, found in refs.items()}
