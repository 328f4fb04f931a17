# expects: task-6-a=1.5, task-6-b=0
# mistake: drops the sign, so that earlier and later look the same
def days_between(table, first, second):
    date_of = dict(zip(table["ref"], table["listed_on"]))
    if first not in date_of or second not in date_of:
        return None
    return abs((pd.to_datetime(date_of[second]) - pd.to_datetime(date_of[first])).days)


sources = set(edges[edges["target_ref"] == "TAe.012"]["source_ref"])
days = [days_between(listings, ref, "TAe.012") for ref in sources]
listed_before = len([number for number in days if number is not None and number > 0])
