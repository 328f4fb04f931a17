# expects: task-4-a=1, task-4-b=1
# mistake: finds the people of the edges by their names
def linked(table, edge_table, target, direction):
    if direction == "to":
        names = edge_table[edge_table["target_ref"] == target]["source_name"]
    else:
        names = edge_table[edge_table["source_ref"] == target]["target_name"]
    people = table[table["kind"] == "individual"]
    return sorted(set(people[people["name"].isin(names)]["ref"]))


cites_network = linked(listings, edges, "TAe.012", "to")
cited_by_network = linked(listings, edges, "TAe.012", "from")
mention_only = by_comment - set(cites_network)
