# way: names the four days, and asks for the overlap first
def order(one, other):
    first_one, last_one = one
    first_other, last_other = other
    if first_one <= last_other and first_other <= last_one:
        return "cannot be said"
    return "before" if first_one < first_other else "after"


answers_in_words = [
    order(spans[one], spans[other])
    for one, other in [
        ("Battle of Jaji", "Al-Qaida founded"),
        ("Haqqani hosts early Arab fighters", "Services Bureau founded"),
        ("Taliban movement emerges", "Taliban take Kandahar"),
    ]
]
jaji_founding, hosting_bureau, movement_kandahar = answers_in_words
