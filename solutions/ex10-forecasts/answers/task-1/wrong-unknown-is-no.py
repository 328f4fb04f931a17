# expects: task-1-a=1.25, task-1-b=1
# mistake: takes 'not known' and a missing row for 'no'
def resolve(table, rule):
    seen = dict(zip(zip(table["claim_id"], table["event"]), table["seen"]))
    outcomes = {}
    for claim_id, event in rule.items():
        outcomes[claim_id] = 1 if seen.get((claim_id, event)) == "yes" else 0
    return outcomes


stated = {"C37": "leader", "C39": "threats", "C55": "break", "C57": "loss"}
