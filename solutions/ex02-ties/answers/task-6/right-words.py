# way: writes the answer for each row into a copy of the table first
def in_period(row, first, last):
    years = [int(year) for year in (row["start_year"], row["end_year"]) if year]
    if len(years) == 2:
        return "yes" if years[0] <= last and years[1] >= first else "no"
    if any(first <= year <= last for year in years):
        return "yes"
    if (row["start_year"] and years[0] > last) or (row["end_year"] and years[0] < first):
        return "no"
    return "cannot be said"


def first_both_ways(table, first, last):
    marked = table.assign(word=[in_period(row, first, last) for row in table.to_dict("records")])
    leaders = []
    for words in (["yes"], ["yes", "cannot be said"]):
        rows = marked[marked["word"].isin(words)]
        between = nx.betweenness_centrality(
            nx.Graph(list(zip(rows["source_id"], rows["target_id"])))
        )
        leaders.append(sorted(between, key=between.get)[-1])
    return tuple(leaders)


firm = pd.Series(
    [
        float(y)
        for y in range(1980, 2030, 10)
        if first_both_ways(ties, y, y + 9)[0] == first_both_ways(ties, y, y + 9)[1]
    ]
)
