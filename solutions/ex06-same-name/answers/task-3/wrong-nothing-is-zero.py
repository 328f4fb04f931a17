# expects: task-3-a=1.5, task-3-b=1
# mistake: gives 0 where the share does not exist
def precision(found, standard):
    found, standard = set(found), set(standard)
    return len(found & standard) / len(found) if found else 0


def recall(found, standard):
    found, standard = set(found), set(standard)
    return len(found & standard) / len(standard) if standard else 0


name_precision = precision(by_name, by_comment)
name_recall = recall(by_name, by_comment)
