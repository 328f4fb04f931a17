# way: looks at the distances between all edges
def within(one, other, limit):
    apart = [abs((a - b).days) for a in one for b in other]
    if max(apart) <= limit:
        return "yes"
    share = one[0] <= other[1] and other[0] <= one[1]
    return "no" if not share and min(apart) > limit else "cannot be said"


founding = within(spans["Battle of Jaji"], spans["Al-Qaida founded"], 365)
kandahar = within(spans["Taliban movement emerges"], spans["Taliban take Kandahar"], 365)
jalalabad = within(spans["Battle of Jaji"], spans["Defeat at Jalalabad"], 365)
