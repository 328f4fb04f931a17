# way: Series with the refs as their index, brought to the refs that both copies have
def changed(table, prefix, old, new, column):
    listed = table[table["ref"].str.startswith(prefix)]
    before = listed[listed["snapshot"] == old].set_index("ref")[column]
    after = listed[listed["snapshot"] == new].set_index("ref")[column]
    shared = before.index.intersection(after.index)
    differs = before.loc[shared] != after.loc[shared]
    return shared[differs.to_numpy()]


nationality_changed = changed(snapshots, "TA", COPIES[0], COPIES[1], "nationality").size
