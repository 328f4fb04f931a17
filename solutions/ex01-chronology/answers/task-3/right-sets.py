# way: two loops, and a set of sets
def open_pairs(table):
    found = set()
    for one in table:
        for other in table:
            first, last = max(table[one][0], table[other][0]), min(table[one][1], table[other][1])
            if one != other and first <= last:
                found.add(frozenset([one, other]))
    return found


n_open = sum(1 for pair in open_pairs(spans))
in_pairs = pd.Series([title for pair in open_pairs(spans) for title in pair])
widest = in_pairs.value_counts().index[0]
