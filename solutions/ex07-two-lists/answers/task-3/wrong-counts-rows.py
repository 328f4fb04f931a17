# expects: task-3-a=0.75, task-3-b=1, task-3-c=1
# mistake: returns a pair once for each row
def bridges(table):
    pairs = zip(table["source_ref"], table["target_ref"])
    return [(source, target) for source, target in pairs if source[:2] != target[:2]]


column_says = (edges["cross_regime"] == "True").sum()
found = bridges(edges)
from_taliban_list = len([source for source, target in found if source.startswith("TA")])
to_taliban_list = len([source for source, target in found if target.startswith("TA")])
