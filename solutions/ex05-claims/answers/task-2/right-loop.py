# way: a loop that stops at the first word, and a set
def states_likelihood(phrase):
    for word in phrase.split():
        if word.lower() in LIKELIHOOD:
            return True
    return False


def without_likelihood(table):
    found = set()
    for _, row in table.iterrows():
        if row["kind"] != "forecast":
            continue
        if not states_likelihood(row["estimative_word"]):
            found.add(row["claim_id"])
    return found
