# way: real dates, and dictionaries from ref to fingerprint
def dated(table, prefix, after, until):
    days = pd.to_datetime(table["date"])
    inside = (days > pd.Timestamp(after)) & (days <= pd.Timestamp(until))
    return table[inside & table["ref"].str.startswith(prefix)]["ref"].unique()


last_taliban = pd.to_datetime(amendments.loc[amendments["ref"].str[:2] == "TA", "date"]).max()
old = snapshots[snapshots["snapshot"] == COPIES[3]].set_index("ref")["comment_sha1"]
new = snapshots[snapshots["snapshot"] == COPIES[5]].set_index("ref")["comment_sha1"]
with_date = set(dated(amendments, "QD", COPIES[3], COPIES[5]))
undated = 0
for ref in old.index:
    if ref[:2] == "QD" and ref in new.index and old[ref] != new[ref] and ref not in with_date:
        undated += 1
