# expects: task-3-a=1, task-3-b=0
# mistake: gives per cent where shares are asked for
def precision(found, standard):
    found, standard = set(found), set(standard)
    return 100 * len(found & standard) / len(found) if found else None


def recall(found, standard):
    found, standard = set(found), set(standard)
    return 100 * len(found & standard) / len(standard) if standard else None


name_precision = precision(by_name, by_comment)
name_recall = recall(by_name, by_comment)
