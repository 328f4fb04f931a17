# expects: task-3-a=1, task-3-b=1, task-3-c=0.75
# mistake: counts every bridge in both directions
def bridges(table):
    pairs = zip(table["source_ref"], table["target_ref"])
    return sorted({(source, target) for source, target in pairs if source[:2] != target[:2]})


column_says = int((edges["cross_regime"] == "True").sum())
from_taliban_list = len(bridges(edges))
to_taliban_list = len(bridges(edges))
