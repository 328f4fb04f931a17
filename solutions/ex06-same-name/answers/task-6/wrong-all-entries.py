# expects: task-6-a=0.25, task-6-b=0
# mistake: does not keep to the refs that were asked for
def with_office(table, refs):
    stated = table[table["designation"].str.lower().str.contains("taliban regime")]
    return sorted(set(stated["ref"]))


offices = {
    "both": len(with_office(listings, by_name & by_comment)),
    "found only": len(with_office(listings, by_name - by_comment)),
    "standard only": len(with_office(listings, by_comment - by_name)),
}
