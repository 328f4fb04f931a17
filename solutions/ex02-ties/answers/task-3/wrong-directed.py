# expects: task-3-a=0.4, task-3-b=0.5
# mistake: follows the arrows
def ranking(table, n):
    graph = nx.DiGraph(list(zip(table["source_id"], table["target_id"])))
    between = nx.betweenness_centrality(graph)
    return sorted(between, key=between.get, reverse=True)[:n]


top_all = ranking(ties, 3)
arrows = nx.DiGraph(list(zip(ties["source_id"], ties["target_id"])))
along_arrows = nx.betweenness_centrality(arrows)
first_directed = max(along_arrows, key=along_arrows.get)
