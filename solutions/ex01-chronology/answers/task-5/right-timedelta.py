# way: moves the edges by the limit and compares dates
from datetime import timedelta


def within(one, other, limit):
    step = timedelta(days=limit)
    if one[1] + step < other[0] or other[1] + step < one[0]:
        return "no"
    if other[1] <= one[0] + step and one[1] <= other[0] + step:
        return "yes"
    return "cannot be said"


founding = within(spans["Battle of Jaji"], spans["Al-Qaida founded"], 365)
kandahar = within(spans["Taliban movement emerges"], spans["Taliban take Kandahar"], 365)
jalalabad = within(spans["Battle of Jaji"], spans["Defeat at Jalalabad"], 365)
