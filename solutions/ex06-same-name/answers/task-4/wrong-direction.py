# expects: task-4-a=0, task-4-b=0
# mistake: exchanges the two directions
def linked(table, edge_table, target, direction):
    individuals = set(table[table["kind"] == "individual"]["ref"])
    if direction == "from":
        ends = edge_table[edge_table["target_ref"] == target]["source_ref"]
    else:
        ends = edge_table[edge_table["source_ref"] == target]["target_ref"]
    return sorted(set(ends) & individuals)


cites_network = linked(listings, edges, "TAe.012", "to")
cited_by_network = linked(listings, edges, "TAe.012", "from")
mention_only = by_comment - set(cites_network)
