# expects: task-4-a=0, task-4-b=0, task-4-c=1
# mistake: follows the arrows
def ranking_with(table, grades, n):
    kept = table[table["evidence_grade"].isin(list(grades))]
    graph = nx.DiGraph(list(zip(kept["source_id"], kept["target_id"])))
    between = nx.betweenness_centrality(graph)
    return sorted(between, key=between.get, reverse=True)[:n]


top_ab = ranking_with(ties, "AB", 3)
top_a = ranking_with(ties, "A", 3)
grade_a = ties[ties["evidence_grade"] == "A"]
tied = set(ties["source_id"]) | set(ties["target_id"])
lost = sorted(tied - set(grade_a["source_id"]) - set(grade_a["target_id"]))
