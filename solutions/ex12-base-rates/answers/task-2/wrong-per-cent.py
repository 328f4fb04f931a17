# expects: task-2-a=0.625, task-2-b=0
# mistake: gives per cent where a share is asked for
def rates(groups):
    w, r = groups["flagged wrongly"], groups["flagged rightly"]
    m, l = groups["missed"], groups["left alone"]

    def share(part, whole):
        return None if whole == 0 else 100 * part / whole

    return {
        "sensitivity": share(r, r + m),
        "false positive rate": share(w, w + l),
        "accuracy": share(r + l, w + r + m + l),
        "predictive value": share(r, w + r),
    }


everybody = city["people"].sum()
accuracy_north = 100 * city[city["sought"] == city["north"]]["people"].sum() / everybody
accuracy_of_never = 100 * (1 - city[city["sought"] == "yes"]["people"].sum() / everybody)
