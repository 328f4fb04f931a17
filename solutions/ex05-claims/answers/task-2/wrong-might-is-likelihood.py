# expects: task-2-a=0.875, task-2-b=0.25, task-2-c=0
# mistake: treats 'might', 'may' and 'could' as statements of likelihood
def states_likelihood(phrase):
    words = LIKELIHOOD | {"might", "may", "could"}
    return any([word in words for word in phrase.lower().split()])


def without_likelihood(table):
    found = []
    for claim_id, kind, word in zip(table["claim_id"], table["kind"], table["estimative_word"]):
        if kind == "forecast" and not states_likelihood(word):
            found.append(claim_id)
    return found
