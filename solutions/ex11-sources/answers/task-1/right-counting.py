# way: counts in lists, and divides by the square of the number of reports
def diagonal_share(table):
    number_of = {"A": "1", "B": "2", "C": "3", "D": "4", "E": "5", "F": "6"}
    on = 0
    for letter, number in zip(table["reliability"], table["credibility"]):
        if number_of[letter] == number:
            on += 1
    return on / len(table)


def chance_share(table):
    letters = list(table["reliability"])
    numbers = list(table["credibility"])
    products = [letters.count("ABCDEF"[i]) * numbers.count("123456"[i]) for i in range(6)]
    return sum(products) / len(letters) ** 2
