# expects: task-4-a=1.75, task-4-b=1
# mistake: in an overlap considers only the order in which the second event is the later one
def distance(one, other):
    if one[0] > other[0]:
        one, other = other, one
    shortest = max((other[0] - one[1]).days, 0)
    longest = (other[1] - one[0]).days
    return shortest, longest


bureau_jaji = distance(spans["Services Bureau founded"], spans["Battle of Jaji"])
movement_kandahar_days = distance(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
