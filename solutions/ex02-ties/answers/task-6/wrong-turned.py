# expects: task-6-a=0.25, task-6-b=1
# mistake: returns the two ids the wrong way round
def first_both_ways(table, first, last):
    certain = []
    possible = []
    for row in table.to_dict("records"):
        start, end = row["start_year"], row["end_year"]
        if (start != "" and int(start) > last) or (end != "" and int(end) < first):
            continue
        pair = (row["source_id"], row["target_id"])
        possible.append(pair)
        starts_inside = start != "" and int(start) >= first
        ends_inside = end != "" and int(end) <= last
        if starts_inside or ends_inside or (start != "" and end != ""):
            certain.append(pair)
    leaders = []
    for pairs in (possible, certain):
        between = nx.betweenness_centrality(nx.Graph(pairs))
        leaders.append(max(between, key=between.get))
    return tuple(leaders)


firm = []
for year in [1980, 1990, 2000, 2010, 2020]:
    certain_first, possible_first = first_both_ways(ties, year, year + 9)
    if certain_first == possible_first:
        firm.append(year)
