# expects: task-6-a=0.75, task-6-b=0
# mistake: takes every designation for an office in the Taliban government
def with_office(table, refs):
    stated = table[table["designation"] != ""]
    return sorted(set(stated["ref"]) & set(refs))


offices = {
    "both": len(with_office(listings, by_name & by_comment)),
    "found only": len(with_office(listings, by_name - by_comment)),
    "standard only": len(with_office(listings, by_comment - by_name)),
}
