# expects: task-3-a=1.5, task-3-b=1
# mistake: divides by nothing where nothing was found
def precision(found, standard):
    found, standard = set(found), set(standard)
    return len(found & standard) / len(found)


def recall(found, standard):
    found, standard = set(found), set(standard)
    return len(found & standard) / len(standard)


name_precision = precision(by_name, by_comment)
name_recall = recall(by_name, by_comment)
