# way: goes through the columns for a list, and chooses rows with conditions for the numbers
def differences(first, second):
    found = []
    for key, question in [("area", "where"), ("as_of", "when"), ("issuer", "by whom")]:
        if first[key] != second[key]:
            found.append(question)
    one = (first["group"], first["kind"] == "attrition claim")
    two = (second["group"], second["kind"] == "attrition claim")
    return found + (["what"] if one != two else [])


flow = estimates["kind"] == "attrition claim"
alike = {}
for place in estimates.index:
    if estimates["id"][place] in ("E13", "E16", "E33", "E37"):
        same = (estimates["group"] == estimates["group"][place]) & (flow == flow[place])
        same = same & (estimates["area"] == estimates["area"][place])
        alike[estimates["id"][place]] = same.sum() - 1
