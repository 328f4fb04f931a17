# way: chooses rows of the table of entries with isin, and keeps tables and Series
def linked(table, edge_table, target, direction):
    here, there = (
        ["target_ref", "source_ref"] if direction == "to" else ["source_ref", "target_ref"]
    )
    ends = edge_table.loc[edge_table[here] == target, there]
    chosen = table[(table["kind"] == "individual") & table["ref"].isin(ends)]
    return chosen.drop_duplicates("ref")


cites_network = linked(listings, edges, "TAe.012", "to")
cited_by_network = linked(listings, edges, "TAe.012", "from")["ref"]
mention_only = by_comment.difference(cites_network["ref"])
