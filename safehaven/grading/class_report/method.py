"""How the figures come about, as the page says it."""

from __future__ import annotations

from safehaven.render.markup import tag

_MISSING = (
    "Work that was not handed in or could not be graded, and work with signs of tampering, is "
    "counted and left out: it is not zero.",
    "A question left blank in work that was handed in gets no points, as in the grades, and counts "
    "as such. The tables of answers list blanks apart.",
    "An answer that waits for a person's marks has none. An item with marks missing for more than "
    "5% of the students is left out of totals, objectives and figures for everybody; a student "
    "who lacks marks for one of the other items is left out of the totals.",
    "Extra credit and penalties for lateness are not counted.",
)
_FIGURES = {
    "Item": "A question of a quiz, or a task with all its checks. The checks of one task stand and "
    "fall together; as single items they would make the assignment look more reliable than it is.",
    "Reached": "Difficulty: the mean share of the points, so that partial credit counts. The "
    "interval is Wilson's (1927); with partial credit it is rather too wide than too narrow.",
    "Item-total": "Pearson's correlation of the item with the sum of all other items, interval by "
    "Fisher's z (1921).",
    "Upper − lower": "The share reached by the best 27% less that of the weakest 27% by total "
    "points (Kelley 1939). Students who are equal at the edge of a group share its places. "
    "Interval by Newcombe's method 10 (1998); from eight students on.",
    "Alpha": "Cronbach's coefficient alpha (1951), interval by Feldt (1965). KR-20 (Kuder and "
    "Richardson 1937) is given where every item is right or wrong and all give the same points; it "
    "is then the same number.",
    "Standard error of measurement": "The standard deviation of the points times the root of "
    "1 − alpha; a negative alpha is taken for 0.",
    "Intervals": "All are of 95% and computed by formula, so the same marks give the same report. "
    "They hold for classes like this one, not only for these students.",
}

METHOD = (
    '<section aria-labelledby="method">',
    tag("h2", "How it is computed", id="method"),
    tag("h3", "What is missing is not zero"),
    tag("ul", *(tag("li", sentence) for sentence in _MISSING)),
    tag("h3", "Figures"),
    tag("dl", *(tag("dt", name) + tag("dd", text) for name, text in _FIGURES.items())),
    "</section>",
)
