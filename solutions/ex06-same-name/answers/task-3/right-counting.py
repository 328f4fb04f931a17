# way: counts in loops, and fractions instead of decimals
from fractions import Fraction


def share(part, whole):
    whole = list(dict.fromkeys(whole))
    if not whole:
        return None
    return sum(1 for ref in whole if ref in list(part)) / len(whole)


def precision(found, standard):
    return share(standard, found)


def recall(found, standard):
    return share(found, standard)


name_precision = float(Fraction(len(by_name & by_comment), len(by_name)))
name_recall = float(Fraction(len(by_name & by_comment), len(by_comment)))
