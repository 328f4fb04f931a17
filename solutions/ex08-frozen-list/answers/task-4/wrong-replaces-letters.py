# expects: task-4-a=1.5, task-4-b=0
# mistake: replaces letters, so that Afghanistan becomes Afghanistanistan
def countries(cell, forms):
    for word, form in forms.items():
        cell = cell.replace(word, form)
    return {part.strip() for part in cell.split(";") if part.strip() != ""}


taliban = snapshots[snapshots["ref"].str.startswith("TA")]
earlier = taliban[taliban["snapshot"] == COPIES[0]]
later = taliban[taliban["snapshot"] == COPIES[1]]
pairs = earlier.merge(later, on="ref", suffixes=("_old", "_new"))
really_changed = []
for ref, old, new in zip(pairs["ref"], pairs["nationality_old"], pairs["nationality_new"]):
    if countries(old, FORMS) != countries(new, FORMS):
        really_changed.append(ref)
