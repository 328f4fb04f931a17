# way: a loop over the entries, with the pairs of the edges in a set
def named_only(table, edge_table, column, target):
    pairs = set(zip(edge_table["source_ref"], edge_table["target_ref"]))
    found = []
    for ref, says in zip(table["ref"], table[column]):
        if says == "True" and (ref, target) not in pairs and ref not in found:
            found.append(ref)
    return tuple(found)


n_named_only = len(named_only(listings, edges, "comment_mentions_al_qaida", "QDe.004"))
