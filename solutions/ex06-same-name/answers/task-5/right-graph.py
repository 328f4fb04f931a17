# way: the edges written in both directions, and a Series
def kin(table, edge_table, ref):
    family = edge_table[edge_table["relation_guess"] == "kinship"][["source_ref", "target_ref"]]
    turned = family.rename(columns={"source_ref": "target_ref", "target_ref": "source_ref"})
    both_ways = pd.concat([family, turned])
    others = both_ways[(both_ways["source_ref"] == ref) & (both_ways["target_ref"] != ref)]
    people = table[table["kind"] == "individual"]["ref"]
    return people[people.isin(others["target_ref"])].drop_duplicates()


founder_kin = kin(listings, edges, "TAi.040")
kin_not_named = founder_kin[~founder_kin.isin(list(by_comment))]
