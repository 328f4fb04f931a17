# expects: task-5-a=1.5, task-5-b=0.5
# mistake: returns a band once for each word
def bands_at(table, yardstick, percent):
    chosen = table[table["yardstick"] == yardstick]
    found = []
    for low, high in zip(chosen["low"], chosen["high"]):
        if low <= percent <= high:
            found.append((int(low), int(high)))
    return sorted(found)


icd_two = 0
phia_none = 0
for percent in range(0, 101):
    if len(bands_at(scales, "ICD 203", percent)) == 2:
        icd_two = icd_two + 1
    if len(bands_at(scales, "PHIA", percent)) == 0:
        phia_none = phia_none + 1
