# way: leaves out small groups first, and returns a Series
def median_widths(table, at_least):
    table = table.assign(share=(table["bd_high"] - table["bd_low"]) / table["bd_best"])
    size = table.groupby("dyad_id")["share"].transform("size")
    return table[size >= at_least].groupby("dyad_id")["share"].median()


widths = median_widths(deaths[deaths["version"] == "24.1"], 5)
widest = widths.idxmax()
