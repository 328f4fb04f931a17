# expects: task-1-a=1, task-1-b=0
# mistake: takes only the rows whose group is the prefix and nothing more
def form(low, high):
    if low is None and high is None:
        return "no number"
    if low is None:
        return "upper only"
    if high is None:
        return "lower only"
    return "two bounds"


def count_forms(table, prefix):
    chosen = table[table["group"] == prefix]
    forms = [form(number(low), number(high)) for low, high in zip(chosen["low"], chosen["high"])]
    return pd.Series(forms).value_counts().to_dict()
