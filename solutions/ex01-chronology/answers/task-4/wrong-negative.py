# expects: task-4-a=1, task-4-b=0.5
# mistake: subtracts in one direction only, so that a number can be negative
def distance(one, other):
    return (other[0] - one[1]).days, (other[1] - one[0]).days


bureau_jaji = distance(spans["Services Bureau founded"], spans["Battle of Jaji"])
movement_kandahar_days = distance(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
