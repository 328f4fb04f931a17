# expects: task-3-a=0.25, task-3-b=0, task-3-c=0.5
# mistake: compares three letters, so that individuals and entities pass for two lists
def bridges(table):
    pairs = zip(table["source_ref"], table["target_ref"])
    return sorted({(source, target) for source, target in pairs if source[:3] != target[:3]})


column_says = (edges["cross_regime"] == "True").sum()
found = bridges(edges)
from_taliban_list = len([source for source, target in found if source.startswith("TA")])
to_taliban_list = len([source for source, target in found if target.startswith("TA")])
