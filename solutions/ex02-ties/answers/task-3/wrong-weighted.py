# expects: task-3-a=1.6, task-3-b=1
# mistake: makes a line longer for each row of a pair
def ranking(table, n):
    graph = nx.Graph()
    for source, target in zip(table["source_id"], table["target_id"]):
        length = graph.get_edge_data(source, target, {"rows": 0})["rows"]
        graph.add_edge(source, target, rows=length + 1)
    between = nx.betweenness_centrality(graph, weight="rows")
    return sorted(between, key=between.get, reverse=True)[:n]


top_all = ranking(ties, 3)
arrows = nx.DiGraph(list(zip(ties["source_id"], ties["target_id"])))
along_arrows = nx.betweenness_centrality(arrows)
first_directed = max(along_arrows, key=along_arrows.get)
