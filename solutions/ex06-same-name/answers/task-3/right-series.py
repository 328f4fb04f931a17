# way: pandas counts, and the mean of truth values
def precision(found, standard):
    found = pd.Series(list(found), dtype=object).drop_duplicates()
    return found.isin(list(standard)).mean() if len(found) else None


def recall(found, standard):
    return precision(standard, found)


name_precision = round(precision(by_name, by_comment), 4)
name_recall = recall(by_name, by_comment)
