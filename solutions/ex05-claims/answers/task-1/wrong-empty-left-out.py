# expects: task-1-a=0.5, task-1-b=1
# mistake: leaves out the claims with an empty cell
def count_values(table, kind, column):
    chosen = table[(table["kind"] == kind) & (table[column] != "")]
    return chosen[column].value_counts().to_dict()


forecast_words = count_values(claims, "forecast", "estimative_word")
forecast_checks = count_values(claims, "forecast", "check")
