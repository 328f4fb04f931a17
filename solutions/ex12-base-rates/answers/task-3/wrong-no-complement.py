# expects: task-3-a=1, task-3-b=0, task-3-c=0
# mistake: lets everybody, also those sought, be flagged wrongly
def as_share(text):
    text = text.replace(",", "")
    if " in " in text:
        part, whole = text.split(" in ")
        return float(part) / float(whole)
    return float(text.replace("%", "").replace("per cent", "")) / 100


def worth(base_rate, sensitivity, false_positive_rate):
    rightly = base_rate * sensitivity
    return rightly / (rightly + false_positive_rate)


worth_of = {}
for row in scenarios.to_dict("records"):
    worth_of[row["scenario"]] = worth(
        row["prevalence"], row["sensitivity"], row["false_positive_rate"]
    )
worth_leaflet = worth(as_share("0.002 per cent"), as_share("99.8 %"), as_share("2 in 1,000"))
