# expects: task-1-a=0.8333, task-1-b=0
# mistake: takes a lower bound for an estimate of the number
def form(low, high):
    if low is None and high is None:
        return "no number"
    if low is None:
        return "upper only"
    return "two bounds"


def count_forms(table, prefix):
    chosen = table[table["group"].str.startswith(prefix)]
    forms = [form(number(low), number(high)) for low, high in zip(chosen["low"], chosen["high"])]
    return pd.Series(forms).value_counts().to_dict()
