# way: keeps one row for each copy and ref, then counts rows, and returns a Series
def count_by_copy(table, prefix):
    rows = table.loc[table["ref"].str.startswith(prefix)].drop_duplicates(["snapshot", "ref"])
    return rows["snapshot"].value_counts()
