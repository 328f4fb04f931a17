# way: two filtered tables, and sets of years
def first_both_ways(table, first, last):
    begun = pd.to_numeric(table["start_year"], errors="coerce")
    ended = pd.to_numeric(table["end_year"], errors="coerce")
    out = (begun > last) | (ended < first)
    inside = begun.between(first, last) | ended.between(first, last)
    through = (begun < first) & (ended > last)

    def leader(rows):
        graph = nx.from_pandas_edgelist(rows, "source_id", "target_id")
        return pd.Series(nx.betweenness_centrality(graph)).idxmax()

    return [leader(table[inside | through]), leader(table[~out])]


firm = {
    year for year in range(1980, 2030, 10) if len(set(first_both_ways(ties, year, year + 9))) == 1
}
