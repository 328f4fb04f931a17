# way: subtracts the dates and looks at the signs
def order(one, other):
    gap = (other[0] - one[1]).days
    gap_turned = (one[0] - other[1]).days
    return {(True, False): "before", (False, True): "after"}.get(
        (gap > 0, gap_turned > 0), "cannot be said"
    )


jaji_founding = order(spans["Battle of Jaji"], spans["Al-Qaida founded"])
hosting_bureau = order(spans["Haqqani hosts early Arab fighters"], spans["Services Bureau founded"])
movement_kandahar = order(spans["Taliban movement emerges"], spans["Taliban take Kandahar"])
