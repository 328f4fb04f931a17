# expects: task-2-a=1, task-2-b=0.5, task-2-c=0
# mistake: takes statements of fact for forecasts
def states_likelihood(phrase):
    return any([word in LIKELIHOOD for word in phrase.lower().split()])


def without_likelihood(table):
    found = []
    for claim_id, word in zip(table["claim_id"], table["estimative_word"]):
        if not states_likelihood(word):
            found.append(claim_id)
    return found
