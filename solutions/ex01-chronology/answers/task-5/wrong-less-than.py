# expects: task-5-a=0.5, task-5-b=1
# mistake: leaves out the limit itself
def within(one, other, limit):
    shortest = max((other[0] - one[1]).days, (one[0] - other[1]).days, 0)
    longest = max((other[1] - one[0]).days, (one[1] - other[0]).days)
    if longest < limit:
        return "yes"
    return "no" if shortest >= limit else "cannot be said"


founding = within(spans["Battle of Jaji"], spans["Al-Qaida founded"], 365)
kandahar = within(spans["Taliban movement emerges"], spans["Taliban take Kandahar"], 365)
jalalabad = within(spans["Battle of Jaji"], spans["Defeat at Jalalabad"], 365)
