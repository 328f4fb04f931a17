# expects: task-4-a=0.25, task-4-b=0
# mistake: takes the word False for true
def named_only(table, edge_table, column, target):
    naming_it = set(table[table[column].astype(bool)]["ref"])
    citing_it = set(edge_table[edge_table["target_ref"] == target]["source_ref"])
    return sorted(naming_it - citing_it)


n_named_only = len(named_only(listings, edges, "comment_mentions_al_qaida", "QDe.004"))
