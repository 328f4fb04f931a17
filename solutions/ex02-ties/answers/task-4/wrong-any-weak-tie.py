# expects: task-4-a=1, task-4-b=1, task-4-c=0
# mistake: takes everybody with a tie of grade B or C for lost
def ranking_with(table, grades, n):
    kept = table[table["evidence_grade"].isin(list(grades))]
    graph = nx.Graph(list(zip(kept["source_id"], kept["target_id"])))
    between = nx.betweenness_centrality(graph)
    return sorted(between, key=between.get, reverse=True)[:n]


top_ab = ranking_with(ties, "AB", 3)
top_a = ranking_with(ties, "A", 3)
weaker = ties[ties["evidence_grade"] != "A"]
lost = sorted(set(weaker["source_id"]) | set(weaker["target_id"]))
