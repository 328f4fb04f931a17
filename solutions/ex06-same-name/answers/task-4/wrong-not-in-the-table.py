# expects: task-4-a=1.5, task-4-b=0.75
# mistake: keeps groups and entries that are no longer listed
def linked(table, edge_table, target, direction):
    if direction == "to":
        return set(edge_table[edge_table["target_ref"] == target]["source_ref"])
    return set(edge_table[edge_table["source_ref"] == target]["target_ref"])


cites_network = linked(listings, edges, "TAe.012", "to")
cited_by_network = linked(listings, edges, "TAe.012", "from")
mention_only = by_comment - set(cites_network)
