# expects: task-4-a=1, task-4-b=0
# mistake: counts the Taliban list only, where both lists are asked for
def named_only(table, edge_table, column, target):
    naming_it = set(table[table[column] == "True"]["ref"])
    citing_it = set(edge_table[edge_table["target_ref"] == target]["source_ref"])
    return sorted(naming_it - citing_it)


taliban_list = listings[listings["ref"].str.startswith("TA")]
n_named_only = len(named_only(taliban_list, edges, "comment_mentions_al_qaida", "QDe.004"))
