# expects: task-2-a=1.5, task-2-b=1
# mistake: takes the sensitivity for the worth of a flag
def rates(groups):
    w, r = groups["flagged wrongly"], groups["flagged rightly"]
    m, l = groups["missed"], groups["left alone"]

    def share(part, whole):
        return None if whole == 0 else part / whole

    return {
        "sensitivity": share(r, r + m),
        "false positive rate": share(w, w + l),
        "accuracy": share(r + l, w + r + m + l),
        "predictive value": share(r, r + m),
    }


everybody = city["people"].sum()
accuracy_north = city[city["sought"] == city["north"]]["people"].sum() / everybody
accuracy_of_never = 1 - city[city["sought"] == "yes"]["people"].sum() / everybody
