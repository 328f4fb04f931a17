# expects: task-4-a=0.25, task-4-b=0
# mistake: takes the edges that go from the target instead of those that go to it
def named_only(table, edge_table, column, target):
    naming_it = set(table[table[column] == "True"]["ref"])
    cited_by_it = set(edge_table[edge_table["source_ref"] == target]["target_ref"])
    return sorted(naming_it - cited_by_it)


n_named_only = len(named_only(listings, edges, "comment_mentions_al_qaida", "QDe.004"))
