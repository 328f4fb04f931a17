# way: all distances between the edges, and 0 where the spans share a day
def distance(one, other):
    apart = [abs((a - b).days) for a in one for b in other]
    share = one[0] <= other[1] and other[0] <= one[1]
    return [0 if share else min(apart), max(apart)]


bureau_jaji = distance(spans["Services Bureau founded"], spans["Battle of Jaji"])
movement_kandahar_days = distance(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
