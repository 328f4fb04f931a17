# expects: task-2-a=1, task-2-b=0, task-2-c=0
# mistake: returns the forecasts that do state a likelihood
def states_likelihood(phrase):
    return any([word in LIKELIHOOD for word in phrase.lower().split()])


def without_likelihood(table):
    found = []
    for claim_id, kind, word in zip(table["claim_id"], table["kind"], table["estimative_word"]):
        if kind == "forecast" and states_likelihood(word):
            found.append(claim_id)
    return found
