# expects: task-1-a=0, task-1-b=0
# mistake: counts all claims, facts and assessments too
def count_values(table, kind, column):
    return table[column].value_counts().to_dict()


forecast_words = count_values(claims, "forecast", "estimative_word")
forecast_checks = count_values(claims, "forecast", "check")
