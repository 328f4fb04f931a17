# expects: task-3-a=0.4, task-3-b=0.5
# mistake: counts the rows of a point, so that a repeated pair counts several times
def ranking(table, n):
    rows = pd.concat([table["source_id"], table["target_id"]]).value_counts()
    return rows.index[:n].tolist()


top_all = ranking(ties, 3)
arrows = nx.DiGraph(list(zip(ties["source_id"], ties["target_id"])))
along_arrows = nx.betweenness_centrality(arrows)
first_directed = max(along_arrows, key=along_arrows.get)
