# way: works with whole columns, and returns a table
def bridges(table):
    crossing = table["source_ref"].str[:2] != table["target_ref"].str[:2]
    return table.loc[crossing, ["source_ref", "target_ref"]].drop_duplicates()


column_says = edges["cross_regime"].value_counts().get("True", 0)
found = bridges(edges)
from_taliban_list = found["source_ref"].str.startswith("TA").sum()
to_taliban_list = found["target_ref"].str.startswith("TA").sum()
