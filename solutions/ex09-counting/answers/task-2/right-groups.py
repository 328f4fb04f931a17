# way: sizes of the groups of like rows, as a Series of decimals
def differences(first, second):
    answers = {
        "what": lambda row: (row["group"], row["kind"] == "attrition claim"),
        "where": lambda row: row["area"],
        "when": lambda row: row["as_of"],
        "by whom": lambda row: row["issuer"],
    }
    return tuple(name for name in answers if answers[name](first) != answers[name](second))


like = estimates.assign(flow=estimates["kind"] == "attrition claim")
size = like.groupby(["group", "area", "flow"])["id"].transform("size")
alike = pd.Series(size.to_numpy() - 1.0, index=estimates["id"])[["E13", "E16", "E33", "E37"]]
