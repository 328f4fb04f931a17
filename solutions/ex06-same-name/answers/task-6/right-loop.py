# way: a dictionary from ref to designation, and numbers counted by hand
def with_office(table, refs):
    post = dict(zip(table["ref"], table["designation"]))
    return {ref for ref in refs if "taliban regime" in post.get(ref, "").lower()}


offices = {"both": 0, "found only": 0, "standard only": 0}
for ref in with_office(listings, by_name | by_comment):
    if ref in by_name and ref in by_comment:
        offices["both"] += 1
    elif ref in by_name:
        offices["found only"] += 1
    else:
        offices["standard only"] += 1
