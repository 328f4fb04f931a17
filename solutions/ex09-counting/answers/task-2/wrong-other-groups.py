# expects: task-2-a=1.75, task-2-b=0.25
# mistake: takes core, fighters, families and members for one group
def differences(first, second):
    found = set()
    flows = [first["kind"] == "attrition claim", second["kind"] == "attrition claim"]
    if first["group"][:6] != second["group"][:6] or flows[0] != flows[1]:
        found.add("what")
    if first["area"] != second["area"]:
        found.add("where")
    if first["as_of"] != second["as_of"]:
        found.add("when")
    if first["issuer"] != second["issuer"]:
        found.add("by whom")
    return found


alike = {}
rows = estimates.set_index("id")
for row_id in ["E13", "E16", "E33", "E37"]:
    alike[row_id] = 0
    for other_id in estimates["id"]:
        found = differences(rows.loc[row_id].to_dict(), rows.loc[other_id].to_dict())
        if other_id != row_id and "what" not in found and "where" not in found:
            alike[row_id] = alike[row_id] + 1
