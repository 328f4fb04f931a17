# way: keeps one row for each ref, then counts rows, and returns a Series
def count_entries(table):
    return table.drop_duplicates("ref")["regime"].value_counts()
