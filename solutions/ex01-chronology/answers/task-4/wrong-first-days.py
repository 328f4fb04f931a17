# expects: task-4-a=0.25, task-4-b=0
# mistake: reads a month or a year as its first day, and a span as exact
def distance(one, other):
    days = abs((other[0] - one[0]).days)
    return days, days


bureau_jaji = distance(spans["Services Bureau founded"], spans["Battle of Jaji"])
movement_kandahar_days = distance(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
