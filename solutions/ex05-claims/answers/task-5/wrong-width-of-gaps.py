# expects: task-5-a=2, task-5-b=0.5
# mistake: adds up the widths of the gaps, so that one edge of each gap is counted
def bands_at(table, yardstick, percent):
    chosen = table[table["yardstick"] == yardstick]
    found = set()
    for low, high in zip(chosen["low"], chosen["high"]):
        if low <= percent <= high:
            found.add((int(low), int(high)))
    return sorted(found)


icd_two = 0
for percent in range(0, 101):
    if len(bands_at(scales, "ICD 203", percent)) == 2:
        icd_two = icd_two + 1
bands = sorted(set(zip(scales["yardstick"], scales["low"], scales["high"])))
bands = [(low, high) for name, low, high in bands if name == "PHIA"]
phia_none = 0
for (low, high), (next_low, next_high) in zip(bands, bands[1:]):
    phia_none = phia_none + next_low - high
