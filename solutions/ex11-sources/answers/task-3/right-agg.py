# way: one grouped table, turned into a dictionary of rows
def story_counts(table):
    table = table.assign(first=(table["cites"] == ""), one=1)
    grouped = table.groupby("story").agg(
        {"one": "sum", "outlet": "nunique", "first": "sum", "origin": "nunique"}
    )
    return {story: tuple(numbers) for story, numbers in grouped.iterrows()}


origin_numbers = reports.groupby("story")["origin"].nunique()
too_many = float((reports["cites"] == "").sum() - origin_numbers.sum())
one_origin = origin_numbers[origin_numbers == 1].index
