# expects: task-2-a=0.8, task-2-b=0.25
# mistake: reads a span as the day in its middle
def order(one, other):
    middle_one = one[0] + (one[1] - one[0]) / 2
    middle_other = other[0] + (other[1] - other[0]) / 2
    if middle_one < middle_other:
        return "before"
    if middle_other < middle_one:
        return "after"
    return "cannot be said"


jaji_founding = order(spans["Battle of Jaji"], spans["Al-Qaida founded"])
hosting_bureau = order(spans["Haqqani hosts early Arab fighters"], spans["Services Bureau founded"])
movement_kandahar = order(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
