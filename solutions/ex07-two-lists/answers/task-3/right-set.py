# way: a loop that fills a set of pairs, and a set that is filtered twice
def bridges(table):
    found = set()
    for _, row in table.iterrows():
        source_is_taliban = row["source_ref"].startswith("TA")
        target_is_taliban = row["target_ref"].startswith("TA")
        if source_is_taliban != target_is_taliban:
            found.add((row["source_ref"], row["target_ref"]))
    return found


column_says = edges["cross_regime"].tolist().count("True")
from_taliban_list = len({pair for pair in bridges(edges) if pair[0][:2] == "TA"})
to_taliban_list = len({pair for pair in bridges(edges) if pair[1][:2] == "TA"})
