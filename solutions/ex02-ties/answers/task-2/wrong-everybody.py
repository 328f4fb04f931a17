# expects: task-2-a=0, task-2-b=0.5
# mistake: makes a point for everybody in the table people
def network(table):
    graph = nx.Graph()
    graph.add_nodes_from(people["id"])
    for source, target in zip(table["source_id"], table["target_id"]):
        graph.add_edge(source, target)
    return graph


all_ties = network(ties)
n_lines = all_ties.number_of_edges()
no_tie = sorted(set(people["id"]) - set(all_ties.nodes))
