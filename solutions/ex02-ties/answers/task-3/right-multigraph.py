# way: keeps every row as a line of its own, which changes no shortest way
def ranking(table, n):
    graph = nx.MultiGraph()
    for source, target in zip(table["source_id"], table["target_id"]):
        graph.add_edge(source, target)
    pairs = [(value, point) for point, value in nx.betweenness_centrality(graph).items()]
    pairs.sort(reverse=True)
    return tuple(point for value, point in pairs[:n])


top_all = ranking(ties, 3)
arrows = nx.DiGraph(list(zip(ties["source_id"], ties["target_id"])))
along_arrows = nx.betweenness_centrality(arrows)
first_directed = max(along_arrows, key=along_arrows.get)
