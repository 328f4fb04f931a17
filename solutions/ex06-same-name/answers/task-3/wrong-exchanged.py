# expects: task-3-a=0.25, task-3-b=0
# mistake: takes precision for recall and recall for precision
def precision(found, standard):
    found, standard = set(found), set(standard)
    return len(found & standard) / len(standard) if standard else None


def recall(found, standard):
    found, standard = set(found), set(standard)
    return len(found & standard) / len(found) if found else None


name_precision = precision(by_name, by_comment)
name_recall = recall(by_name, by_comment)
