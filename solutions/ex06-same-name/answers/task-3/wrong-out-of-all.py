# expects: task-3-a=1, task-3-b=0
# mistake: takes both shares out of all refs that stand in either collection
def precision(found, standard):
    found, standard = set(found), set(standard)
    return len(found & standard) / len(found | standard) if found else None


def recall(found, standard):
    found, standard = set(found), set(standard)
    return len(found & standard) / len(found | standard) if standard else None


name_precision = precision(by_name, by_comment)
name_recall = recall(by_name, by_comment)
