# way: puts the earlier event first, and returns numpy numbers
import numpy as np


def distance(one, other):
    if one[0] > other[0]:
        one, other = other, one
    shortest = max((other[0] - one[1]).days, 0)
    longest = max((other[1] - one[0]).days, (one[1] - other[0]).days)
    return np.array([shortest, longest])


bureau_jaji = distance(spans["Services Bureau founded"], spans["Battle of Jaji"])
movement_kandahar_days = distance(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
