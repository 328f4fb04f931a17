# way: a data frame with one row for each title, and numpy numbers
def open_pairs(table):
    frame = pd.DataFrame(
        [(title, days[0], days[1]) for title, days in table.items()],
        columns=["title", "first", "last"],
    )
    both = frame.merge(frame, how="cross", suffixes=("_a", "_b"))
    both = both[both["title_a"] < both["title_b"]]
    both = both[(both["first_a"] <= both["last_b"]) & (both["first_b"] <= both["last_a"])]
    return list(zip(both["title_a"], both["title_b"]))


n_open = pd.Series(open_pairs(spans)).count()
widest = pd.Series([t for pair in open_pairs(spans) for t in pair]).mode().iloc[0]
