# way: a pattern with the edges of a word, and a Series without repeated refs
import re


def bearers(table, word):
    people = table[table["kind"] == "individual"]
    holds = people["name"].str.contains(r"\b" + re.escape(word) + r"\b")
    return people.loc[holds, "ref"].drop_duplicates()
