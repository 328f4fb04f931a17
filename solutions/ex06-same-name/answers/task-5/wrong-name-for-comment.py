# expects: task-5-a=2, task-5-b=0.5
# mistake: gives those of the kin who bear the name, instead of those whose comment is silent
def kin(table, edge_table, ref):
    individuals = set(table[table["kind"] == "individual"]["ref"])
    family = edge_table[edge_table["relation_guess"] == "kinship"]
    named_by_ref = set(family[family["source_ref"] == ref]["target_ref"])
    naming_ref = set(family[family["target_ref"] == ref]["source_ref"])
    return ((named_by_ref | naming_ref) & individuals) - {ref}


founder_kin = kin(listings, edges, "TAi.040")
kin_not_named = founder_kin & by_name
