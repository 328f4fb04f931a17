# way: groups by the two columns and returns a Series with the four keys
def four_groups(table, test):
    counts = table.groupby(["sought", test])["people"].sum()
    return pd.Series(
        {
            "flagged wrongly": counts.get(("no", "yes"), 0),
            "flagged rightly": counts.get(("yes", "yes"), 0),
            "missed": counts.get(("yes", "no"), 0),
            "left alone": counts.get(("no", "no"), 0),
        }
    )


flagged_wrongly, flagged_rightly = four_groups(city, "north").iloc[:2]
