# expects: task-3-a=1.5, task-3-b=1
# mistake: counts a ref as often as it stands in the list
def precision(found, standard):
    if len(found) == 0:
        return None
    return len([ref for ref in found if ref in standard]) / len(found)


def recall(found, standard):
    if len(standard) == 0:
        return None
    return len([ref for ref in standard if ref in found]) / len(standard)


name_precision = precision(by_name, by_comment)
name_recall = recall(by_name, by_comment)
