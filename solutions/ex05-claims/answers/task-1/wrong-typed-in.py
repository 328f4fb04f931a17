# expects: task-1-a=0, task-1-b=0.5
# mistake: types in the verdicts of the paper
def count_values(table, kind, column):
    return {"partly": 11, "confirmed": 6, "contradicted": 2, "contested": 2, "not verifiable": 1}


forecast_words = count_values(claims, "forecast", "estimative_word")
forecast_checks = count_values(claims, "forecast", "check")
