# expects: task-4-a=1.5, task-4-b=0.5
# mistake: subtracts the edges also where the spans overlap
def distance(one, other):
    if one[0] > other[0]:
        one, other = other, one
    return abs((other[0] - one[1]).days), abs((other[1] - one[0]).days)


bureau_jaji = distance(spans["Services Bureau founded"], spans["Battle of Jaji"])
movement_kandahar_days = distance(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
