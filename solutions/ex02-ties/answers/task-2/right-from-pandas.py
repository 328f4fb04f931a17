# way: networkx reads the table itself, and numpy numbers
def network(table):
    return nx.from_pandas_edgelist(table, "source_id", "target_id")


n_lines = pd.Series([frozenset(pair) for pair in network(ties).edges]).nunique()
no_tie = people[~people["id"].isin(list(network(ties)))]["id"]
