# way: sorts each pair first, drops the repeated ones, and counts without the network
def network(table):
    graph = nx.Graph()
    graph.add_edges_from({tuple(sorted(p)) for p in zip(table["source_id"], table["target_id"])})
    return graph


n_lines = len({frozenset(pair) for pair in zip(ties["source_id"], ties["target_id"])})
no_tie = []
for person in people["id"]:
    if person not in list(ties["source_id"]) and person not in list(ties["target_id"]):
        no_tie.append(person)
