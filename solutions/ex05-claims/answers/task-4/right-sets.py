# way: sets of ids, taken from one another
def standing(claim_table, scale_table, first, second):
    pairs = set(zip(scale_table["yardstick"], scale_table["word"]))
    every, a, b = set(), set(), set()
    for _, row in claim_table.iterrows():
        if row["kind"] == "forecast":
            every.add(row["claim_id"])
            if (first, row["estimative_word"]) in pairs:
                a.add(row["claim_id"])
            if (second, row["estimative_word"]) in pairs:
                b.add(row["claim_id"])
    return {"both": a & b, "first only": a - b, "second only": b - a, "neither": every - a - b}
