# expects: task-1-a=0.75, task-1-b=1
# mistake: counts a forecast as come true when any event of the claim was seen, whatever the rule asks for
def resolve(table, rule):
    outcomes = {}
    for claim_id in rule:
        rows = table[table["claim_id"] == claim_id]
        outcomes[claim_id] = int((rows["seen"] == "yes").any())
    return outcomes


stated = {"C37": "leader", "C39": "threats", "C55": "break", "C57": "loss"}
