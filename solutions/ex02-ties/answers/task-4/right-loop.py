# way: goes through the rows, and returns an index
def ranking_with(table, grades, n):
    graph = nx.Graph()
    for _, row in table.iterrows():
        if row["evidence_grade"] in grades:
            graph.add_edge(row["source_id"], row["target_id"])
    return pd.Series(nx.betweenness_centrality(graph)).nlargest(n).index


top_ab = ranking_with(ties, ["A", "B"], 3)
top_a = ranking_with(ties, ["A"], 3)
in_a = nx.Graph(list(ties[ties["evidence_grade"] == "A"][["source_id", "target_id"]].values))
in_all = nx.Graph(list(ties[["source_id", "target_id"]].values))
lost = {point for point in in_all if point not in in_a}
