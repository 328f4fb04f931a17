# expects: task-5-a=1, task-5-b=1
# mistake: follows the edges in one direction only
def kin(table, edge_table, ref):
    individuals = set(table[table["kind"] == "individual"]["ref"])
    family = edge_table[edge_table["relation_guess"] == "kinship"]
    return sorted((set(family[family["source_ref"] == ref]["target_ref"]) & individuals) - {ref})


founder_kin = kin(listings, edges, "TAi.040")
kin_not_named = set(founder_kin) - by_comment
