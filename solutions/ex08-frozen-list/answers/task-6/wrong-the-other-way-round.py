# expects: task-6-a=1, task-6-b=0.5
# mistake: counts the entries with a date and no change, where those with a change and no date are asked for
def dated(table, prefix, after, until):
    chosen = table[
        (table["ref"].str.startswith(prefix)) & (table["date"] > after) & (table["date"] <= until)
    ]
    return sorted(set(chosen["ref"]))


last_taliban = amendments[amendments["ref"].str.startswith("TA")]["date"].max()
listed = snapshots[snapshots["ref"].str.startswith("QD")]
earlier = listed[listed["snapshot"] == COPIES[3]]
later = listed[listed["snapshot"] == COPIES[5]]
pairs = earlier.merge(later, on="ref", suffixes=("_old", "_new"))
rewritten = set(pairs[pairs["comment_sha1_old"] != pairs["comment_sha1_new"]]["ref"])
undated = len(set(dated(amendments, "QD", COPIES[3], COPIES[5])) - rewritten)
