# expects: task-2-a=0.25, task-2-b=0
# mistake: does not ask which list an entry belongs to
def naming(table, prefix, column):
    return sorted(set(table[table[column] == "True"]["ref"]))


names_al_qaida = naming(listings, "TA", "comment_mentions_al_qaida")
