# way: a loop that fills a dictionary
def count_values(table, kind, column):
    counts = {}
    for kind_here, value in zip(table["kind"], table[column]):
        if kind_here == kind:
            counts[value] = counts.get(value, 0) + 1
    return counts


forecast_words = count_values(claims, "forecast", "estimative_word")
forecast_checks = count_values(claims, "forecast", "check")
