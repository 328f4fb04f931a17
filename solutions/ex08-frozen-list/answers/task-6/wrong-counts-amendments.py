# expects: task-6-a=0.75, task-6-b=0.5
# mistake: counts amendments, where entries are asked for
def dated(table, prefix, after, until):
    chosen = table[
        (table["ref"].str.startswith(prefix)) & (table["date"] > after) & (table["date"] <= until)
    ]
    return chosen["ref"].tolist()


last_taliban = amendments[amendments["ref"].str.startswith("TA")]["date"].max()
undated = len(dated(amendments, "QD", COPIES[3], COPIES[5]))
