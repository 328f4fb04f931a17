# way: a loop that fills a set
def naming(table, prefix, column):
    found = set()
    for ref, says in zip(table["ref"], table[column]):
        if ref.startswith(prefix) and says.lower() == "true":
            found.add(ref)
    return found


names_al_qaida = naming(listings, "TA", "comment_mentions_al_qaida")
