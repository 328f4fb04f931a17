# way: a loop over pairs of refs, turned round for one direction
def linked(table, edge_table, target, direction):
    kind = dict(zip(table["ref"], table["kind"]))
    found = []
    for source, end in zip(edge_table["source_ref"], edge_table["target_ref"]):
        near, far = (end, source) if direction == "to" else (source, end)
        if near == target and kind.get(far) == "individual" and far not in found:
            found.append(far)
    return found


cites_network = linked(listings, edges, "TAe.012", "to")
cited_by_network = tuple(linked(listings, edges, "TAe.012", "from"))
mention_only = [ref for ref in by_comment if ref not in cites_network]
