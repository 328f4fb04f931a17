# way: the standard library's dates, and a sum of truth values
from datetime import date


def days_between(table, first, second):
    dates = {ref: date.fromisoformat(day) for ref, day in zip(table["ref"], table["listed_on"])}
    if first in dates and second in dates:
        return (dates[second] - dates[first]).days


network = date.fromisoformat(listings.loc[listings["ref"] == "TAe.012", "listed_on"].iloc[0])
sources = edges.loc[edges["target_ref"] == "TAe.012", "source_ref"].unique()
listed_before = sum(
    date.fromisoformat(day) < network
    for ref, day in zip(listings["ref"], listings["listed_on"])
    if ref in sources
)
