# expects: task-3-a=0, task-3-b=0, task-3-c=0.5
# mistake: sorts each pair, so that the direction of the edge is lost
def bridges(table):
    pairs = zip(table["source_ref"], table["target_ref"])
    return sorted({tuple(sorted(pair)) for pair in pairs if pair[0][:2] != pair[1][:2]})


column_says = (edges["cross_regime"] == "True").sum()
found = bridges(edges)
from_taliban_list = len([source for source, target in found if source.startswith("TA")])
to_taliban_list = len([source for source, target in found if target.startswith("TA")])
