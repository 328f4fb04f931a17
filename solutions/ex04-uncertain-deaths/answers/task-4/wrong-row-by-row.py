# expects: task-4-a=0.5, task-4-b=0, task-4-c=0.5
# mistake: lays the two versions side by side by the place of their rows
def changed(table, old, new):
    before = table[table["version"] == old].reset_index(drop=True)
    after = table[table["version"] == new].reset_index(drop=True)
    pairs = []
    for n in range(min(len(before), len(after))):
        a, b = before.loc[n], after.loc[n]
        if (a["bd_low"], a["bd_best"], a["bd_high"]) != (b["bd_low"], b["bd_best"], b["bd_high"]):
            pairs.append((a["year"], a["dyad_id"]))
    return pairs


n_first = len(changed(deaths, "21.1", "23.1"))
n_second = len(changed(deaths, "23.1", "24.1"))
pairs = deaths[deaths["version"] == "21.1"].merge(
    deaths[deaths["version"] == "23.1"], on=["year", "dyad_id"], suffixes=("_old", "_new")
)
outside = []
for year, dyad, low, high, best in zip(
    pairs["year"], pairs["dyad_id"], pairs["bd_low_old"], pairs["bd_high_old"], pairs["bd_best_new"]
):
    if best < low or best > high:
        outside.append((year, dyad))
