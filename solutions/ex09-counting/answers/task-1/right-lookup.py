# way: looks the two answers up in a table, and returns a Series
NAMES = {
    (True, True): "two bounds",
    (False, True): "upper only",
    (True, False): "lower only",
    (False, False): "no number",
}


def form(low, high):
    return NAMES[low is not None, high is not None]


def count_forms(table, prefix):
    chosen = table[table["group"].str.startswith(prefix)]
    names = [NAMES[low != "", high != ""] for low, high in zip(chosen["low"], chosen["high"])]
    return pd.Series(names).value_counts()
