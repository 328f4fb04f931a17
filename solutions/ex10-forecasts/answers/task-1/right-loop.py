# way: a loop over the rows of the table, and the other reading of C37
def resolve(table, rule):
    outcomes = dict.fromkeys(rule)
    for _, row in table.iterrows():
        if rule.get(row["claim_id"]) == row["event"] and row["seen"] in ("yes", "no"):
            outcomes[row["claim_id"]] = int(row["seen"] == "yes")
    return outcomes


stated = {"C37": "leader", "C39": "threats", "C55": "break", "C57": "loss"}
