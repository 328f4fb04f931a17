# expects: task-6-a=2, task-6-b=0
# mistake: takes the entries that the network's comment cites, not those that cite the network
def days_between(table, first, second):
    date_of = dict(zip(table["ref"], table["listed_on"]))
    if first not in date_of or second not in date_of:
        return None
    return (pd.to_datetime(date_of[second]) - pd.to_datetime(date_of[first])).days


targets = set(edges[edges["source_ref"] == "TAe.012"]["target_ref"])
days = [days_between(listings, ref, "TAe.012") for ref in targets]
listed_before = len([number for number in days if number is not None and number > 0])
