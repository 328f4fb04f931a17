"""What the packages for Canvas and Moodle have in common: their texts, and spellings of a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from safehaven.bank import Presented
from safehaven.bank.model import Ordering
from safehaven.bank.present import fill
from safehaven.bank.scoring import normalise
from safehaven.render.markup import inline_html, tag

#: What each question is worth: one number for all, or by question id.
Points = Mapping[str, float] | float


def worth(presented: Presented, points: Points) -> float:
    """What a question is worth."""
    return points[presented.question.id] if isinstance(points, Mapping) else points


def html_of(presented: Presented, text: str) -> str:
    """A text of the question as HTML, with the drawn numbers in it."""
    return inline_html(fill(text, presented.values))


def lines_html(lines: Iterable[str]) -> str:
    """Lines of HTML under each other; empty ones are left out."""
    return "<br />".join(line for line in lines if line)


def remarks(presented: Presented, about: Iterable[tuple[str, str]]) -> list[str]:
    """Feedback that the target cannot tie to one answer: the answer in bold, then what it shows."""
    return [
        f"{tag('b', inline_html(answer.rstrip('.')) + ':')} {html_of(presented, feedback)}"
        for answer, feedback in about
    ]


def explanation_lines(presented: Presented) -> list[str]:
    """What is shown after any answer; for an order, with the dates that settle it."""
    lines = [html_of(presented, presented.question.why)]
    if isinstance(presented.question, Ordering):
        lines += [
            f"{number}. {inline_html(item.text)} ({inline_html(item.fact)})"
            for number, item in enumerate(presented.question.items, start=1)
        ]
    return lines


def advice_line(presented: Presented, advice: Mapping[str, str]) -> str:
    """What a student who was wrong should read; empty where nothing is said of the objective."""
    return inline_html(advice.get(presented.question.objective, ""))


def spellings(accepted: Sequence[str]) -> list[str]:
    """The accepted variants, and those that the course takes for the same.

    An LMS compares all but the case letter by letter. So each variant comes as it is written,
    without accents, without punctuation, and in one word.
    """
    found: dict[str, str] = {}
    for variant in accepted:
        typed = " ".join(variant.split())
        folded = "".join(
            c for c in unicodedata.normalize("NFKD", typed) if not unicodedata.combining(c)
        )
        plain = normalise(variant)
        for spelling in (typed, folded, plain, plain.replace(" ", "")):
            found.setdefault(spelling.casefold(), spelling)
    return list(found.values())
