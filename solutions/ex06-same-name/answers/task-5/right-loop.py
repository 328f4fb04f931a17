# way: a loop over the edges that adds the other end
def kin(table, edge_table, ref):
    kind = dict(zip(table["ref"], table["kind"]))
    found = set()
    for source, target, guess in zip(
        edge_table["source_ref"], edge_table["target_ref"], edge_table["relation_guess"]
    ):
        if guess == "kinship" and ref in (source, target):
            found.add(target if source == ref else source)
    return [other for other in found if kind.get(other) == "individual" and other != ref]


founder_kin = kin(listings, edges, "TAi.040")
kin_not_named = [ref for ref in founder_kin if ref not in by_comment]
