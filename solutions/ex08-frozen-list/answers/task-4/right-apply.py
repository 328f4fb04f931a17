# way: whole columns at a time, and a Series of refs
def countries(cell, forms):
    if cell.strip() == "":
        return set()
    return {forms[part] if part in forms else part for part in cell.replace(" ", "").split(";")}


taliban = snapshots[snapshots["ref"].str.startswith("TA")]
plain = taliban["nationality"].apply(countries, forms=FORMS)
taliban = taliban.assign(plain=plain)
pairs = taliban[taliban["snapshot"] == COPIES[0]].merge(
    taliban[taliban["snapshot"] == COPIES[1]], on="ref", suffixes=("_old", "_new")
)
really_changed = pairs[pairs["plain_old"] != pairs["plain_new"]]["ref"]
