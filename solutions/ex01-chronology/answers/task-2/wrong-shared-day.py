# expects: task-2-a=1.2, task-2-b=1
# mistake: lets a day come before itself
def order(one, other):
    if one[1] <= other[0]:
        return "before"
    if other[1] <= one[0]:
        return "after"
    return "cannot be said"


jaji_founding = order(spans["Battle of Jaji"], spans["Al-Qaida founded"])
hosting_bureau = order(spans["Haqqani hosts early Arab fighters"], spans["Services Bureau founded"])
movement_kandahar = order(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
