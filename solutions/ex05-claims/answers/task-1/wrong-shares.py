# expects: task-1-a=0.25, task-1-b=0
# mistake: gives shares, where numbers are asked for
def count_values(table, kind, column):
    chosen = table[table["kind"] == kind]
    return chosen[column].value_counts(normalize=True).to_dict()


forecast_words = count_values(claims, "forecast", "estimative_word")
forecast_checks = count_values(claims, "forecast", "check")
