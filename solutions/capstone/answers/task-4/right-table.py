# way: hands in a table, with the numbers as texts
sources = pd.DataFrame(
    [
        ("own-log", "A", "1", "Harbour office", "own-school"),
        ("own-school", "B", "2", "Village school", None),
        ("own-council", "A", "2", "Island council", None),
        ("own-herald", "C", "3", "the deckhand", None),
        ("own-gazette", "C", "3", "The deckhand", None),
        ("own-radio", "C", "4", "the deckhand", None),
        ("own-company", "B", "4", "the company", None),
    ],
    columns=["key", "reliability", "credibility", "origin", "confirmed_by"],
)
sources["reference"] = "An invented document on the ferry to Halm Island, 2026"
sources["why"] = "The two grades were judged one after the other."
n_origins = sources["origin"].str.lower().nunique()
