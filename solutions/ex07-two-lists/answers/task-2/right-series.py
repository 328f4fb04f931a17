# way: keeps a Series, and drops repeated refs
def naming(table, prefix, column):
    chosen = table.loc[
        (table[column] == "True") & (table["ref"].str[: len(prefix)] == prefix), "ref"
    ]
    return chosen.drop_duplicates()


names_al_qaida = naming(listings, "TA", "comment_mentions_al_qaida")
