# expects: task-3-a=0, task-3-b=0
# mistake: does not divide by the best estimate, so that large wars look least certain
def median_widths(table, at_least):
    share = table["bd_high"] - table["bd_low"]
    medians = share.groupby(table["dyad_id"]).median().to_dict()
    rows = table.groupby("dyad_id").size().to_dict()
    return {dyad: median for dyad, median in medians.items() if rows[dyad] >= at_least}


widths = median_widths(deaths[deaths["version"] == "24.1"], 5)
widest = max(widths, key=widths.get)
