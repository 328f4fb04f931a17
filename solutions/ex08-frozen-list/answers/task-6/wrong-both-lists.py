# expects: task-6-a=0.25, task-6-b=0.5
# mistake: does not ask on which list an entry stands
def dated(table, prefix, after, until):
    chosen = table[(table["date"] > after) & (table["date"] <= until)]
    return sorted(set(chosen["ref"]))


last_taliban = amendments["date"].max()
listed = snapshots[snapshots["ref"].str.startswith("QD")]
earlier = listed[listed["snapshot"] == COPIES[3]]
later = listed[listed["snapshot"] == COPIES[5]]
pairs = earlier.merge(later, on="ref", suffixes=("_old", "_new"))
rewritten = set(pairs[pairs["comment_sha1_old"] != pairs["comment_sha1_new"]]["ref"])
undated = len(rewritten - set(dated(amendments, "QD", COPIES[3], COPIES[5])))
