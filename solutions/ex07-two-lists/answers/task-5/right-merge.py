# way: joins the tables on the number, and returns a Series
def link_status(text, body):
    for part in text.split("|"):
        if part.strip() == body:
            return "link stated"
    return "link not stated"


def us_status(pairs, us_table, body):
    joined = pairs.merge(us_table[["sdn_id", "linked_to"]], on="sdn_id", how="left", indicator=True)
    status = []
    for text, where in zip(joined["linked_to"], joined["_merge"]):
        status.append(link_status(text, body) if where == "both" else "not in this table")
    return pd.Series(status, index=joined["un_ref"])


parts = us["linked_to"].str.split("|").apply(lambda items: {item.strip() for item in items})
us_both = parts.apply(lambda items: {"TALIBAN", "AL QA'IDA"} <= items).sum()
