# expects: task-5-a=0.25, task-5-b=0.5
# mistake: says yes where it is only possible
def within(one, other, limit):
    shortest = max((other[0] - one[1]).days, (one[0] - other[1]).days, 0)
    return "yes" if shortest <= limit else "no"


founding = within(spans["Battle of Jaji"], spans["Al-Qaida founded"], 365)
kandahar = within(spans["Taliban movement emerges"], spans["Taliban take Kandahar"], 365)
jalalabad = within(spans["Battle of Jaji"], spans["Defeat at Jalalabad"], 365)
