# expects: task-1-a=0.6667, task-1-b=0
# mistake: fills an open lower bound in with 0
def form(low, high):
    if low is None:
        low = 0
    if high is None:
        return "lower only"
    return "two bounds"


def count_forms(table, prefix):
    chosen = table[table["group"].str.startswith(prefix)]
    forms = [form(number(low), number(high)) for low, high in zip(chosen["low"], chosen["high"])]
    return pd.Series(forms).value_counts().to_dict()
