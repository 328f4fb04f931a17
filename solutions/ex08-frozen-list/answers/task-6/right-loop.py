# way: loops over pairs of ref and date, and the last of the sorted dates
def dated(table, prefix, after, until):
    found = set()
    for ref, day in zip(table["ref"], table["date"]):
        if ref.startswith(prefix) and after < day <= until:
            found.add(ref)
    return found


last_taliban = sorted(
    day for ref, day in zip(amendments["ref"], amendments["date"]) if ref.startswith("TA")
)[-1]
comment = {}
for day, ref, text in zip(snapshots["snapshot"], snapshots["ref"], snapshots["comment_sha1"]):
    comment[ref, day] = text
with_date = dated(amendments, "QD", COPIES[3], COPIES[5])
undated = 0.0
for ref, day in comment:
    if day == COPIES[3] and ref.startswith("QD") and ref not in with_date:
        if comment.get((ref, COPIES[5]), comment[ref, day]) != comment[ref, day]:
            undated = undated + 1
