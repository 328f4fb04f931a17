# way: pandas sorts, and the betweenness is not divided
def ranking(table, n):
    graph = nx.from_pandas_edgelist(table, "source_id", "target_id")
    between = pd.Series(nx.betweenness_centrality(graph, normalized=False))
    return between.sort_values(ascending=False).index[:n]


top_all = ranking(ties, 3)
arrows = nx.from_pandas_edgelist(ties, "source_id", "target_id", create_using=nx.DiGraph)
first_directed = pd.Series(nx.betweenness_centrality(arrows)).idxmax()
