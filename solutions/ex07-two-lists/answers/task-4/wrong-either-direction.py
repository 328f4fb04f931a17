# expects: task-4-a=0.75, task-4-b=1
# mistake: reads the edges as if they had no direction
def named_only(table, edge_table, column, target):
    naming_it = set(table[table[column] == "True"]["ref"])
    citing_it = set(edge_table[edge_table["target_ref"] == target]["source_ref"])
    cited_by_it = set(edge_table[edge_table["source_ref"] == target]["target_ref"])
    return sorted(naming_it - citing_it - cited_by_it)


n_named_only = len(named_only(listings, edges, "comment_mentions_al_qaida", "QDe.004"))
