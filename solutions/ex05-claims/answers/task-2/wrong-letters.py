# expects: task-2-a=0.875, task-2-b=1, task-2-c=1
# mistake: looks for letters, so that uncertain holds certain
def states_likelihood(phrase):
    return any([word in phrase.lower() for word in LIKELIHOOD])


def without_likelihood(table):
    found = []
    for claim_id, kind, word in zip(table["claim_id"], table["kind"], table["estimative_word"]):
        if kind == "forecast" and not states_likelihood(word):
            found.append(claim_id)
    return found
