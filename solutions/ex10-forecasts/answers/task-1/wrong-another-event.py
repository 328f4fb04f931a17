# expects: task-1-a=2, task-1-b=0.5
# mistake: resolves C39 by an attack, where the claim speaks of threats
def resolve(table, rule):
    seen = dict(zip(zip(table["claim_id"], table["event"]), table["seen"]))
    number_for = {"yes": 1, "no": 0}
    outcomes = {}
    for claim_id, event in rule.items():
        outcomes[claim_id] = number_for.get(seen.get((claim_id, event)))
    return outcomes


stated = strict
