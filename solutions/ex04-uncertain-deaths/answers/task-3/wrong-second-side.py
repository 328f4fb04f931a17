# expects: task-3-a=1, task-3-b=0.5
# mistake: groups by the second side, which two dyads may share
def median_widths(table, at_least):
    share = (table["bd_high"] - table["bd_low"]) / table["bd_best"]
    medians = share.groupby(table["side_b"]).median().to_dict()
    rows = table.groupby("side_b").size().to_dict()
    number = dict(zip(table["side_b"], table["dyad_id"]))
    return {number[side]: median for side, median in medians.items() if rows[side] >= at_least}


widths = median_widths(deaths[deaths["version"] == "24.1"], 5)
widest = max(widths, key=widths.get)
