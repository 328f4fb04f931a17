# expects: task-2-a=0, task-2-b=0.75
# mistake: types in one answer for everything
def order(one, other):
    return "cannot be said"


jaji_founding = order(spans["Battle of Jaji"], spans["Al-Qaida founded"])
hosting_bureau = order(spans["Haqqani hosts early Arab fighters"], spans["Services Bureau founded"])
movement_kandahar = order(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
