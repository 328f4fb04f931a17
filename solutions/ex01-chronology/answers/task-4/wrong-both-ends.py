# expects: task-4-a=0, task-4-b=0
# mistake: counts the first and the last day, one day too many
def distance(one, other):
    shortest = max((other[0] - one[1]).days + 1, (one[0] - other[1]).days + 1, 0)
    longest = max((other[1] - one[0]).days, (one[1] - other[0]).days) + 1
    return shortest, longest


bureau_jaji = distance(spans["Services Bureau founded"], spans["Battle of Jaji"])
movement_kandahar_days = distance(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
