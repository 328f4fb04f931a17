# expects: task-4-a=0.5, task-4-b=0
# mistake: sorts statements of fact too
def inside(word, terms):
    return word in terms


def standing(claim_table, scale_table, first, second):
    in_first = set(scale_table[scale_table["yardstick"] == first]["word"])
    in_second = set(scale_table[scale_table["yardstick"] == second]["word"])
    found = {"both": [], "first only": [], "second only": [], "neither": []}
    for claim_id, word in zip(claim_table["claim_id"], claim_table["estimative_word"]):
        if inside(word, in_first) and inside(word, in_second):
            found["both"].append(claim_id)
        elif inside(word, in_first):
            found["first only"].append(claim_id)
        elif inside(word, in_second):
            found["second only"].append(claim_id)
        else:
            found["neither"].append(claim_id)
    return found
