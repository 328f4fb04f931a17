# way: returns an array, and takes the worth from two sums
import numpy as np


def turned_round(table, column):
    n = table["people"]
    sought, yes = table["sought"].eq("yes"), table[column].eq("yes")
    return np.array([n[sought & yes].sum()] * 2) / [n[sought].sum(), n[yes].sum()]


reported = city[city["reported"] == "yes"]
flagged = reported[reported["north"] == "yes"]
base_rate_reported = (
    reported[reported["sought"] == "yes"]["people"].sum() / reported["people"].sum()
)
worth_reported = flagged[flagged["sought"] == "yes"]["people"].sum() / flagged["people"].sum()
