# expects: task-3-a=1, task-3-b=0
# mistake: keeps dyads with too few rows
def median_widths(table, at_least):
    share = (table["bd_high"] - table["bd_low"]) / table["bd_best"]
    medians = share.groupby(table["dyad_id"]).median().to_dict()
    rows = table.groupby("dyad_id").size().to_dict()
    return {dyad: median for dyad, median in medians.items()}


widths = median_widths(deaths[deaths["version"] == "24.1"], 5)
widest = max(widths, key=widths.get)
