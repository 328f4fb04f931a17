# expects: task-3-a=0, task-3-b=0.5
# mistake: puts the lowest first
def ranking(table, n):
    graph = nx.Graph(list(zip(table["source_id"], table["target_id"])))
    between = nx.betweenness_centrality(graph)
    return sorted(between, key=between.get)[:n]


top_all = ranking(ties, 3)
arrows = nx.DiGraph(list(zip(ties["source_id"], ties["target_id"])))
along_arrows = nx.betweenness_centrality(arrows)
first_directed = max(along_arrows, key=along_arrows.get)
