# expects: task-4-a=0.25, task-4-b=0, task-4-c=0.5
# mistake: compares the high estimates only
def changed(table, old, new):
    joined = table[table["version"] == old].merge(
        table[table["version"] == new], on=["year", "dyad_id"], suffixes=("_old", "_new")
    )
    differs = joined["bd_high_old"] != joined["bd_high_new"]
    return list(zip(joined["year"][differs], joined["dyad_id"][differs]))


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
