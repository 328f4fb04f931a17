# expects: task-6-a=1, task-6-b=0
# mistake: counts those in both groups in the two other groups too
def with_office(table, refs):
    stated = table[table["designation"].str.lower().str.contains("taliban regime")]
    return sorted(set(stated["ref"]) & set(refs))


offices = {
    "both": len(with_office(listings, by_name | by_comment)),
    "found only": len(with_office(listings, by_name)),
    "standard only": len(with_office(listings, by_comment)),
}
