# expects: task-1-a=0.5, task-1-b=1
# mistake: looks up the event alone, so that one claim gets the outcome of another
def resolve(table, rule):
    seen = dict(zip(table["event"], table["seen"]))
    number_for = {"yes": 1, "no": 0}
    return {claim_id: number_for.get(seen.get(event)) for claim_id, event in rule.items()}


stated = {"C37": "leader", "C39": "threats", "C55": "break", "C57": "loss"}
