# expects: task-3-a=0, task-3-b=0, task-3-c=0.5
# mistake: trusts the column cross_regime and reads its words as truth values
def bridges(table):
    chosen = table[table["cross_regime"].astype(bool)]
    return list(zip(chosen["source_ref"], chosen["target_ref"]))


column_says = (edges["cross_regime"] == "True").sum()
found = bridges(edges)
from_taliban_list = len([source for source, target in found if source.startswith("TA")])
to_taliban_list = len([source for source, target in found if target.startswith("TA")])
