# expects: task-4-a=0.25, task-4-b=0
# mistake: takes a mention in a comment for an edge, and never looks at the edges
def named_only(table, edge_table, column, target):
    return sorted(set(table[table[column] == "True"]["ref"]))


n_named_only = len(named_only(listings, edges, "comment_mentions_al_qaida", "QDe.004"))
