# expects: task-6-a=0.5, task-6-b=1
# mistake: finds the words in one spelling only
def with_office(table, refs):
    stated = table[table["designation"].str.contains("Taliban regime")]
    return sorted(set(stated["ref"]) & set(refs))


offices = {
    "both": len(with_office(listings, by_name & by_comment)),
    "found only": len(with_office(listings, by_name - by_comment)),
    "standard only": len(with_office(listings, by_comment - by_name)),
}
