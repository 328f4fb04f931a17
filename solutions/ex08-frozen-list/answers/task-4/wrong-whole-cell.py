# expects: task-4-a=0.5, task-4-b=0
# mistake: looks up the whole cell, so that two nationalities in one cell are not found
def countries(cell, forms):
    return {forms.get(cell, cell)}


taliban = snapshots[snapshots["ref"].str.startswith("TA")]
earlier = taliban[taliban["snapshot"] == COPIES[0]]
later = taliban[taliban["snapshot"] == COPIES[1]]
pairs = earlier.merge(later, on="ref", suffixes=("_old", "_new"))
really_changed = []
for ref, old, new in zip(pairs["ref"], pairs["nationality_old"], pairs["nationality_new"]):
    if countries(old, FORMS) != countries(new, FORMS):
        really_changed.append(ref)
