# expects: task-2-a=0, task-2-b=0
# mistake: returns names, which do not identify an entry
def naming(table, prefix, column):
    chosen = table[(table["ref"].str.startswith(prefix)) & (table[column] == "True")]
    return sorted(set(chosen["name"]))


names_al_qaida = naming(listings, "TA", "comment_mentions_al_qaida")
