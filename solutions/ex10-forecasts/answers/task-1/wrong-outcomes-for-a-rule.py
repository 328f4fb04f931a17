# expects: task-1-a=2, task-1-b=0
# mistake: stores the outcomes, where the rule is asked for
def resolve(table, rule):
    seen = dict(zip(zip(table["claim_id"], table["event"]), table["seen"]))
    number_for = {"yes": 1, "no": 0}
    outcomes = {}
    for claim_id, event in rule.items():
        outcomes[claim_id] = number_for.get(seen.get((claim_id, event)))
    return outcomes


stated = resolve(findings, {"C37": "leader", "C39": "threats", "C55": "break", "C57": "loss"})
