# expects: task-5-a=1.5, task-5-b=0
# mistake: believes the guess that a network is somebody's kin
def kin(table, edge_table, ref):
    family = edge_table[edge_table["relation_guess"] == "kinship"]
    named_by_ref = set(family[family["source_ref"] == ref]["target_ref"])
    naming_ref = set(family[family["target_ref"] == ref]["source_ref"])
    return sorted((named_by_ref | naming_ref) - {ref})


founder_kin = kin(listings, edges, "TAi.040")
kin_not_named = set(founder_kin) - by_comment
