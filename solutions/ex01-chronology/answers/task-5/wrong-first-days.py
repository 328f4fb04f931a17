# expects: task-5-a=0.25, task-5-b=0.5
# mistake: reads each date as its first day and always says yes or no
def within(one, other, limit):
    return "yes" if abs((other[0] - one[0]).days) <= limit else "no"


founding = within(spans["Battle of Jaji"], spans["Al-Qaida founded"], 365)
kandahar = within(spans["Taliban movement emerges"], spans["Taliban take Kandahar"], 365)
jalalabad = within(spans["Battle of Jaji"], spans["Defeat at Jalalabad"], 365)
