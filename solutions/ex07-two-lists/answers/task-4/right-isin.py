# way: asks with isin which refs are among the sources
def named_only(table, edge_table, column, target):
    sources = edge_table.loc[edge_table["target_ref"] == target, "source_ref"]
    chosen = table[(table[column] == "True") & ~table["ref"].isin(sources)]
    return chosen["ref"].unique()


n_named_only = len(named_only(listings, edges, "comment_mentions_al_qaida", "QDe.004"))
