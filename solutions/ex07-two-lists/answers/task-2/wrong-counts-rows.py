# expects: task-2-a=0.75, task-2-b=1
# mistake: returns a ref once for each row that it fills
def naming(table, prefix, column):
    chosen = table[(table["ref"].str.startswith(prefix)) & (table[column] == "True")]
    return chosen["ref"].tolist()


names_al_qaida = naming(listings, "TA", "comment_mentions_al_qaida")
