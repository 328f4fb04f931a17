# expects: task-3-a=1, task-3-b=0
# mistake: counts the origins of the whole table for each story
def story_counts(table):
    counts = {}
    for story, rows in table.groupby("story"):
        first = (rows["cites"] == "").sum()
        counts[story] = (len(rows), rows["outlet"].nunique(), first, table["origin"].nunique())
    return counts


too_many = 0
one_origin = []
for story, (_, _, first, true) in story_counts(reports).items():
    too_many = too_many + first - true
    if true == 1:
        one_origin.append(story)
