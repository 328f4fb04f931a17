# way: collects the widths of each dyad in a list, without groupby
def median_widths(table, at_least):
    found = {}
    for dyad, low, best, high in zip(
        table["dyad_id"], table["bd_low"], table["bd_best"], table["bd_high"]
    ):
        found.setdefault(dyad, []).append((high - low) / best)
    medians = {}
    for dyad, shares in found.items():
        if len(shares) >= at_least:
            shares.sort()
            middle = len(shares) // 2
            medians[dyad] = (shares[middle] + shares[-middle - 1]) / 2
    return medians


widths = median_widths(deaths[deaths["version"] == "24.1"], 5)
widest = max(widths, key=widths.get)
