# expects: task-4-a=2, task-4-b=0.25
# mistake: takes a mention in a comment for an edge
def linked(table, edge_table, target, direction):
    individuals = set(table[table["kind"] == "individual"]["ref"])
    if direction == "to":
        ends = edge_table[edge_table["target_ref"] == target]["source_ref"]
    else:
        ends = edge_table[edge_table["source_ref"] == target]["target_ref"]
    return set(ends) & individuals


cites_network = by_comment
cited_by_network = linked(listings, edges, "TAe.012", "from")
mention_only = by_comment - cites_network
