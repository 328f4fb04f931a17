# way: divides and catches the division by nothing; values from sums of groups
def rates(groups):
    wholes = {
        "sensitivity": ["flagged rightly", "missed"],
        "false positive rate": ["flagged wrongly", "left alone"],
        "accuracy": list(groups),
        "predictive value": ["flagged rightly", "flagged wrongly"],
    }
    parts = {
        "sensitivity": ["flagged rightly"],
        "false positive rate": ["flagged wrongly"],
        "accuracy": ["flagged rightly", "left alone"],
        "predictive value": ["flagged rightly"],
    }
    answer = {}
    for name in wholes:
        try:
            answer[name] = sum(groups[g] for g in parts[name]) / sum(
                groups[g] for g in wholes[name]
            )
        except ZeroDivisionError:
            answer[name] = None
    return answer


wrong = city[city["sought"] != city["north"]]["people"].sum()
accuracy_north = 1 - wrong / 1000000
accuracy_of_never = city[city["sought"] == "no"]["people"].sum() / city["people"].sum()
