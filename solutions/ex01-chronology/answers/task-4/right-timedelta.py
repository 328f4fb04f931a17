# way: returns the differences of the dates as they are, without .days
from datetime import timedelta


def distance(one, other):
    zero = timedelta(0)
    return (
        max(other[0] - one[1], one[0] - other[1], zero),
        max(other[1] - one[0], one[1] - other[0]),
    )


bureau_jaji = distance(spans["Services Bureau founded"], spans["Battle of Jaji"])
movement_kandahar_days = distance(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
