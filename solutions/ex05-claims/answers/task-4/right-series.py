# way: two columns of true and false, and Series as groups
def standing(claim_table, scale_table, first, second):
    forecasts = claim_table[claim_table["kind"] == "forecast"]
    a = forecasts["estimative_word"].isin(
        scale_table.loc[scale_table["yardstick"] == first, "word"]
    )
    b = forecasts["estimative_word"].isin(
        scale_table.loc[scale_table["yardstick"] == second, "word"]
    )
    ids = forecasts["claim_id"]
    return {
        "both": ids[a & b],
        "first only": ids[a & ~b],
        "second only": ids[~a & b],
        "neither": ids[~a & ~b],
    }
