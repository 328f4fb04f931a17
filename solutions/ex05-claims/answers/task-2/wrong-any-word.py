# expects: task-2-a=0.5, task-2-b=0.25, task-2-c=0
# mistake: takes every estimative word for a likelihood
def states_likelihood(phrase):
    return phrase != ""


def without_likelihood(table):
    found = []
    for claim_id, kind, word in zip(table["claim_id"], table["kind"], table["estimative_word"]):
        if kind == "forecast" and not states_likelihood(word):
            found.append(claim_id)
    return found
