# way: loops over rows with sets, and returns lists
def story_counts(table):
    counts = {}
    for story in set(table["story"]):
        number, outlets, first, origin_set = 0, set(), 0, set()
        for row in table.to_dict("records"):
            if row["story"] == story:
                number += 1
                outlets.add(row["outlet"])
                origin_set.add(row["origin"])
                if not row["cites"]:
                    first += 1
        counts[story] = [number, len(outlets), first, len(origin_set)]
    return counts


counts = story_counts(reports)
too_many = sum(four[2] - four[3] for four in counts.values())
one_origin = {story for story in counts if counts[story][3] == 1}
