# expects: task-3-a=1, task-3-b=0, task-3-c=0
# mistake: gives the worth of a flag in per cent
def as_share(text):
    text = text.replace(",", "")
    if " in " in text:
        part, whole = text.split(" in ")
        return float(part) / float(whole)
    return float(text.replace("%", "").replace("per cent", "")) / 100


def worth(base_rate, sensitivity, false_positive_rate):
    rightly = base_rate * sensitivity
    return 100 * rightly / (rightly + (1 - base_rate) * false_positive_rate)


worth_of = {}
for row in scenarios.to_dict("records"):
    worth_of[row["scenario"]] = worth(
        row["prevalence"], row["sensitivity"], row["false_positive_rate"]
    )
worth_leaflet = 100 * 0.00998
