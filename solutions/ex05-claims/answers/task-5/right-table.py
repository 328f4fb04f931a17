# way: chooses rows of a table of bands, and returns a table
def bands_at(table, yardstick, percent):
    bands = table[["yardstick", "low", "high"]].drop_duplicates()
    mine = bands["yardstick"] == yardstick
    return bands[mine & (bands["low"] <= percent) & (bands["high"] >= percent)][["low", "high"]]


numbers = list(range(101))
icd_two = len([n for n in numbers if len(bands_at(scales, "ICD 203", n)) == 2])
phia_none = len([n for n in numbers if bands_at(scales, "PHIA", n).empty])
