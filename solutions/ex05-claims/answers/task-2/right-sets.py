# way: asks for the common part of two sets, and returns a Series
def states_likelihood(phrase):
    return len(set(phrase.lower().split()) & LIKELIHOOD) > 0


def without_likelihood(table):
    forecasts = table[table["kind"] == "forecast"]
    stated = forecasts["estimative_word"].apply(states_likelihood).astype(bool)
    return forecasts.loc[~stated, "claim_id"]
