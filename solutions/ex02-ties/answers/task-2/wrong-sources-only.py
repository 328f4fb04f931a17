# expects: task-2-a=1, task-2-b=0.5
# mistake: looks for ids at the beginning of a tie only
def network(table):
    graph = nx.Graph()
    for source, target in zip(table["source_id"], table["target_id"]):
        graph.add_edge(source, target)
    return graph


n_lines = network(ties).number_of_edges()
no_tie = sorted(set(people["id"]) - set(ties["source_id"]))
