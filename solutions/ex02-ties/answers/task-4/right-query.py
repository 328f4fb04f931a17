# way: a query on the table, and a Series of ids
def ranking_with(table, grades, n):
    letters_to_keep = [grade for grade in grades]
    kept = table.query("evidence_grade in @letters_to_keep")
    graph = nx.from_pandas_edgelist(kept, "source_id", "target_id")
    between = pd.Series(nx.betweenness_centrality(graph), name="between")
    return between.sort_values(ascending=False).head(n).index.to_series()


top_ab = ranking_with(ties, "AB", 3)
top_a = ranking_with(ties, "A", 3)
ends = pd.concat(
    [
        ties[["source_id", "evidence_grade"]].rename(columns={"source_id": "id"}),
        ties[["target_id", "evidence_grade"]].rename(columns={"target_id": "id"}),
    ]
)
best = ends.groupby("id")["evidence_grade"].min()
lost = best[best != "A"].index
