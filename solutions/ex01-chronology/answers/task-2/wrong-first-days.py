# expects: task-2-a=0.8, task-2-b=0.25
# mistake: compares first days, as if a month or a year were its first day
def order(one, other):
    if one[0] < other[0]:
        return "before"
    if other[0] < one[0]:
        return "after"
    return "cannot be said"


jaji_founding = order(spans["Battle of Jaji"], spans["Al-Qaida founded"])
hosting_bureau = order(spans["Haqqani hosts early Arab fighters"], spans["Services Bureau founded"])
movement_kandahar = order(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
