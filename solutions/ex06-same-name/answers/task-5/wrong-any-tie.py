# expects: task-5-a=1.5, task-5-b=0.5
# mistake: takes every tie for kinship
def kin(table, edge_table, ref):
    individuals = set(table[table["kind"] == "individual"]["ref"])
    named_by_ref = set(edge_table[edge_table["source_ref"] == ref]["target_ref"])
    naming_ref = set(edge_table[edge_table["target_ref"] == ref]["source_ref"])
    return sorted(((named_by_ref | naming_ref) & individuals) - {ref})


founder_kin = kin(listings, edges, "TAi.040")
kin_not_named = set(founder_kin) - by_comment
