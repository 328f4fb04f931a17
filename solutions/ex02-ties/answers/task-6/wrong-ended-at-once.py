# expects: task-6-a=0.25, task-6-b=0
# mistake: reads an empty last year as ended at once, so that nothing is open
def first_both_ways(table, first, last):
    pairs = []
    for row in table.to_dict("records"):
        start, end = row["start_year"], row["end_year"]
        if start != "" and int(start) <= last and int(end or start) >= first:
            pairs.append((row["source_id"], row["target_id"]))
    between = nx.betweenness_centrality(nx.Graph(pairs))
    leader = max(between, key=between.get)
    return leader, leader


firm = []
for year in [1980, 1990, 2000, 2010, 2020]:
    certain_first, possible_first = first_both_ways(ties, year, year + 9)
    if certain_first == possible_first:
        firm.append(year)
