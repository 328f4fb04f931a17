# expects: task-4-a=0, task-4-b=0
# mistake: looks for the word anywhere in the table of scales
def standing(claim_table, scale_table, first, second):
    words = set(scale_table["word"])
    found = {"both": [], "first only": [], "second only": [], "neither": []}
    forecasts = claim_table[claim_table["kind"] == "forecast"]
    for claim_id, word in zip(forecasts["claim_id"], forecasts["estimative_word"]):
        found["both" if word in words else "neither"].append(claim_id)
    return found
