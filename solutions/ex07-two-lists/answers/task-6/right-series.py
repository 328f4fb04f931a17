# way: a Series of dates with the refs as its index
def days_between(table, first, second):
    dates = pd.to_datetime(table.set_index("ref")["listed_on"])
    if not {first, second} <= set(dates.index):
        return None
    return (dates[second] - dates[first]) / pd.Timedelta(days=1)


dates = pd.to_datetime(listings.set_index("ref")["listed_on"])
sources = edges[edges["target_ref"] == "TAe.012"]["source_ref"].drop_duplicates()
listed_before = (dates[dates.index.isin(sources)] < dates["TAe.012"]).sum()
