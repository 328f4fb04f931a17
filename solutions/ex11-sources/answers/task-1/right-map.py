# way: turns the letters into numbers, and takes means of true and false
def diagonal_share(table):
    as_number = table["reliability"].map(dict(zip("ABCDEF", "123456")))
    return (as_number == table["credibility"]).mean()


def chance_share(table):
    return sum(
        (table["reliability"] == letter).mean() * (table["credibility"] == number).mean()
        for letter, number in zip("ABCDEF", "123456")
    )
