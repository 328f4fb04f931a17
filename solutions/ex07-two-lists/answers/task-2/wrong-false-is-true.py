# expects: task-2-a=0.25, task-2-b=0
# mistake: takes the word False for true, because it is a text that is not empty
def naming(table, prefix, column):
    chosen = table[(table["ref"].str.startswith(prefix)) & (table[column].astype(bool))]
    return sorted(set(chosen["ref"]))


names_al_qaida = naming(listings, "TA", "comment_mentions_al_qaida")
