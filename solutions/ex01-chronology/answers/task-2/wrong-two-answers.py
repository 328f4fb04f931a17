# expects: task-2-a=0.4, task-2-b=0.25
# mistake: takes what is not certainly before for after
def order(one, other):
    if one[1] < other[0]:
        return "before"
    return "after"


jaji_founding = order(spans["Battle of Jaji"], spans["Al-Qaida founded"])
hosting_bureau = order(spans["Haqqani hosts early Arab fighters"], spans["Services Bureau founded"])
movement_kandahar = order(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
