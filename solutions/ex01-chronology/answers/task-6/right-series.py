# way: a data frame with the two edges, and an index as the answer
def changed(table, title, new):
    edges = pd.DataFrame(table, index=["first", "last"]).T.drop(index=title)

    def place(span_of_title):
        earlier = (edges["last"] < span_of_title[0]).astype(int)
        later = (edges["first"] > span_of_title[1]).astype(int)
        return later - earlier

    return edges.index[place(table[title]) != place(new)]


if_1987 = changed(spans, "Al-Qaida founded", (date(1987, 1, 1), date(1987, 12, 31)))
if_may = changed(spans, "Battle of Jaji", (date(1987, 5, 12), date(1987, 5, 12)))
