# way: loops that fill lists, without sets
def named(table, column):
    found = []
    for ref, kind, says in zip(table["ref"], table["kind"], table[column]):
        if kind == "individual" and says.lower() == "true" and ref not in found:
            found.append(ref)
    return found


def groups(found, standard):
    answer = {"both": [], "found only": [], "standard only": []}
    for ref in dict.fromkeys(list(found) + list(standard)):
        if ref in found and ref in standard:
            answer["both"].append(ref)
        elif ref in found:
            answer["found only"].append(ref)
        else:
            answer["standard only"].append(ref)
    return answer
