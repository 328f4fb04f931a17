# expects: task-1-a=0.8333, task-1-b=0
# mistake: takes a bound of 0 for a bound that is missing
def form(low, high):
    if not low and not high:
        return "no number"
    if not low:
        return "upper only"
    if not high:
        return "lower only"
    return "two bounds"


def count_forms(table, prefix):
    chosen = table[table["group"].str.startswith(prefix)]
    forms = [form(number(low), number(high)) for low, high in zip(chosen["low"], chosen["high"])]
    return pd.Series(forms).value_counts().to_dict()
