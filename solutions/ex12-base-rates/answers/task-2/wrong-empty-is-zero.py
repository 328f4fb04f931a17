# expects: task-2-a=1.75, task-2-b=1
# mistake: gives 0 where the whole is empty
def rates(groups):
    w, r = groups["flagged wrongly"], groups["flagged rightly"]
    m, l = groups["missed"], groups["left alone"]

    def share(part, whole):
        return 0 if whole == 0 else part / whole

    return {
        "sensitivity": share(r, r + m),
        "false positive rate": share(w, w + l),
        "accuracy": share(r + l, w + r + m + l),
        "predictive value": share(r, w + r),
    }


everybody = city["people"].sum()
accuracy_north = city[city["sought"] == city["north"]]["people"].sum() / everybody
accuracy_of_never = 1 - city[city["sought"] == "yes"]["people"].sum() / everybody
