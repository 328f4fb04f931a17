# way: chooses rows for each claim, and returns true and false
def resolve(table, rule):
    outcomes = {}
    for claim_id in rule:
        rows = table[(table["claim_id"] == claim_id) & (table["event"] == rule[claim_id])]
        if rows.empty or rows["seen"].iloc[0] == "not known":
            outcomes[claim_id] = None
        else:
            outcomes[claim_id] = rows["seen"].iloc[0] == "yes"
    return outcomes


stated = {"C37": "leader", "C39": "threats", "C55": "break", "C57": "loss"}
