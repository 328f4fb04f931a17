# expects: task-4-a=0.75, task-4-b=0
# mistake: takes 'very likely' and 'highly likely' for one word
def inside(word, terms):
    return word in terms or word.replace("very", "highly") in terms


def standing(claim_table, scale_table, first, second):
    in_first = set(scale_table[scale_table["yardstick"] == first]["word"])
    in_second = set(scale_table[scale_table["yardstick"] == second]["word"])
    found = {"both": [], "first only": [], "second only": [], "neither": []}
    forecasts = claim_table[claim_table["kind"] == "forecast"]
    for claim_id, word in zip(forecasts["claim_id"], forecasts["estimative_word"]):
        if inside(word, in_first) and inside(word, in_second):
            found["both"].append(claim_id)
        elif inside(word, in_first):
            found["first only"].append(claim_id)
        elif inside(word, in_second):
            found["second only"].append(claim_id)
        else:
            found["neither"].append(claim_id)
    return found
