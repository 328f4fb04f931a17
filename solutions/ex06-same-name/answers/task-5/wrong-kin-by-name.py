# expects: task-5-a=0, task-5-b=0
# mistake: takes those with the same surname for kin
def kin(table, edge_table, ref):
    people = table[table["kind"] == "individual"]
    surname = people["name"].str.split().str[-1]
    mine = set(surname[people["ref"] == ref])
    return sorted(set(people[surname.isin(mine)]["ref"]) - {ref})


founder_kin = kin(listings, edges, "TAi.040")
kin_not_named = set(founder_kin) - by_comment
