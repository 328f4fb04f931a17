# expects: task-4-a=2, task-4-b=0
# mistake: takes a cell that is only written differently for a change
def countries(cell, forms):
    parts = [part.strip() for part in cell.split(";")]
    return {forms.get(part, part) for part in parts if part != ""}


taliban = snapshots[snapshots["ref"].str.startswith("TA")]
earlier = taliban[taliban["snapshot"] == COPIES[0]]
later = taliban[taliban["snapshot"] == COPIES[1]]
pairs = earlier.merge(later, on="ref", suffixes=("_old", "_new"))
really_changed = pairs[pairs["nationality_old"] != pairs["nationality_new"]]["ref"].tolist()
