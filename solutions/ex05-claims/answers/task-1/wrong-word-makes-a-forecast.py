# expects: task-1-a=0.25, task-1-b=0
# mistake: takes every claim with a word of possibility for a forecast
def count_values(table, kind, column):
    chosen = table[table["estimative_word"] != ""]
    return chosen[column].value_counts().to_dict()


forecast_words = count_values(claims, "forecast", "estimative_word")
forecast_checks = count_values(claims, "forecast", "check")
