# way: a loop that fills a list, and dictionaries instead of a merge
def countries(cell, forms):
    found = []
    for part in cell.split(";"):
        part = part.strip()
        if part in forms:
            part = forms[part]
        if part and part not in found:
            found.append(part)
    return sorted(found)


cell = {}
for day, ref, text in zip(snapshots["snapshot"], snapshots["ref"], snapshots["nationality"]):
    if ref.startswith("TA"):
        cell[day, ref] = countries(text, FORMS)
really_changed = set()
for day, ref in cell:
    if day == COPIES[0] and (COPIES[1], ref) in cell and cell[day, ref] != cell[COPIES[1], ref]:
        really_changed.add(ref)
