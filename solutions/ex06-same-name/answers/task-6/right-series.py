# way: a pattern that does not mind large letters, and a Series of numbers
def with_office(table, refs):
    chosen = table[table["ref"].isin(list(refs))]
    return chosen[chosen["designation"].str.contains("Taliban regime", case=False)]["ref"].unique()


parts = [by_name & by_comment, by_name - by_comment, by_comment - by_name]
offices = pd.Series(
    [len(with_office(listings, part)) for part in parts],
    index=["both", "found only", "standard only"],
)
