# expects: task-3-a=0.5, task-3-b=0
# mistake: adds up the bounds of all years first
def median_widths(table, at_least):
    sums = table.groupby("dyad_id")[["bd_low", "bd_best", "bd_high"]].sum()
    rows = table.groupby("dyad_id").size()
    share = (sums["bd_high"] - sums["bd_low"]) / sums["bd_best"]
    return share[rows >= at_least].to_dict()


widths = median_widths(deaths[deaths["version"] == "24.1"], 5)
widest = max(widths, key=widths.get)
