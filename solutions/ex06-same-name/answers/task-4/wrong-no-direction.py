# expects: task-4-a=0, task-4-b=0.5
# mistake: reads the edges as if they had no direction
def linked(table, edge_table, target, direction):
    individuals = set(table[table["kind"] == "individual"]["ref"])
    citing = set(edge_table[edge_table["target_ref"] == target]["source_ref"])
    cited = set(edge_table[edge_table["source_ref"] == target]["target_ref"])
    return sorted((citing | cited) & individuals)


cites_network = linked(listings, edges, "TAe.012", "to")
cited_by_network = linked(listings, edges, "TAe.012", "from")
mention_only = by_comment - set(cites_network)
