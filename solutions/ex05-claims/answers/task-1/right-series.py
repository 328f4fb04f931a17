# way: groups the whole table first, and returns a Series
def count_values(table, kind, column):
    sizes = table.groupby(["kind", column]).size()
    return sizes.loc[kind]


forecast_words = count_values(claims, "forecast", "estimative_word")
forecast_checks = count_values(claims, "forecast", "check")
