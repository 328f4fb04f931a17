"""A quiz on paper: one PDF for each variant, and one with the key to all of them.

The variants ask the same questions; the order of the options and the drawn numbers differ.
Chromium prints the pages; nothing else of a browser is needed.
"""

from __future__ import annotations

import html
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from safehaven.bank import Presented, Question, present
from safehaven.bank.model import (
    ChoiceBase,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortText,
    Source,
)
from safehaven.bank.present import fill
from safehaven.errors import CourseError
from safehaven.render.chromium import find_browser, print_page
from safehaven.render.markup import inline_html, tag
from safehaven.render.printed import key_html, question_html, short_key

Cite = Callable[[Source], str]


@dataclass(frozen=True)
class Papers:
    """The files that were written."""

    quizzes: tuple[Path, ...]
    key: Path


def write_paper(
    questions: Sequence[Question],
    *,
    title: str,
    cohort: str,
    variants: str,
    points: Mapping[str, float],
    target: Path,
    cite: Cite | None = None,
) -> Papers:
    """Print a quiz in its variants, and the key.

    Args:
        questions: in the order in which they are asked.
        title: heading of the quiz.
        cohort: name of the class; with the variant it is the seed, so that a paper can be
            printed again.
        variants: a letter for each, `ABCD`.
        points: what each question is worth, by its id; one that is not named is worth 1.
        target: the folder; `quiz-A.pdf`, …, `answer-key.pdf` in it are replaced.
        cite: names a source of the key in HTML, and is trusted; without it the key of the work
            stands there.

    Raises:
        CourseError: there is no question, the variants are no different letters, or no browser
            is there to print.
    """
    _check(questions, variants, target)
    browser = find_browser(target)
    sheets = {
        variant: [present(question, f"{cohort}/{variant}") for question in questions]
        for variant in variants
    }
    pages = {
        f"quiz-{variant}": quiz_page(
            shown, title=title, cohort=cohort, variant=variant, points=points
        )
        for variant, shown in sheets.items()
    }
    pages["answer-key"] = key_page(
        sheets, title=title, cohort=cohort, points=points, cite=cite or _plain
    )
    *quizzes, key = _print_all(browser, pages, target)
    return Papers(tuple(quizzes), key)


def _check(questions: Sequence[Question], variants: str, target: Path) -> None:
    if not questions:
        raise CourseError(
            "There is no question to print.", file=target, remedy="Name a lesson that has some."
        )
    letters = variants.isascii() and variants.isalpha() and variants == variants.upper()
    if not letters or len(set(variants)) < len(variants):
        raise CourseError(
            f"{variants!r} does not name variants.",
            file=target,
            remedy="Give different capital letters, such as ABCD.",
        )


def _plain(source: Source) -> str:
    return html.escape(f"{source.key}, {source.place}" if source.place else source.key)


# What stands on the sheets --------------------------------------------------------------------

CSS = """
@page { size: A4; margin: 18mm 18mm 20mm;
  @bottom-left { content: FOOT; font: 9pt sans-serif; color: #444; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages);
    font: 9pt sans-serif; color: #444; } }
* { box-sizing: border-box; }
body { margin: 0; color: #000; font: 11pt/1.4 "Liberation Sans", Arial, Helvetica, sans-serif; }
h1 { margin: 0 0 1mm; font-size: 16pt; line-height: 1.2; }
h2 { margin: 6mm 0 2mm; font-size: 12.5pt; break-after: avoid; }
p { margin: 0 0 2mm; }
.variant { margin: 0 0 5mm; font-size: 11pt; }
.lines { display: flex; gap: 6mm; margin: 0 0 5mm; }
.lines span { flex: 1; display: flex; gap: 2mm; white-space: nowrap; align-items: flex-end; }
.lines span:first-child { flex: 2; }
.lines i { flex: 1; border-bottom: 0.3mm solid #000; height: 7mm; }
.rules { margin: 0 0 6mm; padding: 3mm 4mm; border: 0.3mm solid #777; font-size: 10pt; }
.rules p { margin: 0 0 1mm; }
.rules ul { margin: 0; padding-left: 5mm; }
.question { display: flex; gap: 3mm; margin: 0 0 6mm; break-inside: avoid; }
.number { flex: none; width: 7mm; font-weight: 700; text-align: right; }
.asked { flex: 1; min-width: 0; }
.worth { flex: none; width: 17mm; text-align: right; font-size: 9.5pt; }
.stem { font-weight: 600; margin: 0 0 1mm; }
.how { margin: 0 0 2mm; font-size: 9.5pt; color: #333; }
ul.entries { list-style: none; margin: 0; padding: 0; }
ul.entries li { display: flex; gap: 3mm; margin: 0 0 1.5mm; }
.letter { flex: none; width: 6mm; height: 6mm; border: 0.3mm solid #000; border-radius: 50%;
  font-size: 9.5pt; line-height: 5.4mm; text-align: center; }
.ordering .letter, .matching .letter { border-color: transparent; border-radius: 0; }
ol.lefts { margin: 0 0 3mm; padding-left: 6mm; }
ol.lefts li { margin: 0 0 1mm; }
.answer { display: flex; flex-wrap: wrap; gap: 2mm 4mm; align-items: flex-end; margin-top: 2mm; }
.answer i { display: inline-block; min-width: 11mm; height: 6mm; border-bottom: 0.3mm solid #000; }
.answer i.long { width: 75mm; }
.answer i.figure { width: 35mm; }
.end { margin-top: 8mm; text-align: center; font-size: 9.5pt; }
table { border-collapse: collapse; width: 100%; font-size: 10pt; }
th, td { padding: 1mm 2mm; border: 0.2mm solid #777; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
td.figures { white-space: nowrap; }
.note { margin: 0 0 5mm; break-inside: avoid; font-size: 10pt; }
.note .stem { font-size: 10.5pt; }
.note ul, .note ol { margin: 0 0 2mm; padding-left: 6mm; }
.note p { margin: 0 0 1mm; }
.about { color: #333; font-size: 9pt; }
"""


def quiz_page(
    shown: Sequence[Presented],
    *,
    title: str,
    cohort: str,
    variant: str,
    points: Mapping[str, float],
) -> str:
    """The sheet of one variant as an HTML page, without any answer."""
    total = sum(_worth(one, points) for one in shown)
    lines = tag(
        "div",
        tag("span", "Name", tag("i")),
        tag("span", "Date", tag("i")),
        tag("span", "Points", tag("i"), f"of {_number(total)}"),
        class_="lines",
    )
    asked = "".join(_asked(i, one, _worth(one, points)) for i, one in enumerate(shown, start=1))
    body = (
        tag("h1", inline_html(title))
        + tag("p", inline_html(f"Variant {variant} · {cohort}"), class_="variant")
        + lines
        + _rules(shown)
        + asked
        + tag("p", "End of the quiz", class_="end")
    )
    return _page(f"{title} · variant {variant}", body)


def key_page(
    sheets: Mapping[str, Sequence[Presented]],
    *,
    title: str,
    cohort: str,
    points: Mapping[str, float],
    cite: Cite,
) -> str:
    """The key to all variants as an HTML page: a table for marking, then why each is right."""
    first = next(iter(sheets.values()))
    rows = [
        tag(
            "tr",
            tag("th", str(i + 1), scope="row"),
            *(tag("td", _cell(shown[i])) for shown in sheets.values()),
            tag("td", _number(_worth(one, points)), class_="figures"),
        )
        for i, one in enumerate(first)
    ]
    head = tag(
        "tr",
        tag("th", "Question", scope="col"),
        *(tag("th", f"Variant {variant}", scope="col") for variant in sheets),
        tag("th", "Points", scope="col"),
    )
    total = _number(sum(_worth(one, points) for one in first))
    notes = (
        _note(i, [shown[i] for shown in sheets.values()], list(sheets), cite)
        for i in range(len(first))
    )
    body = (
        tag("h1", inline_html(f"Answer key: {title}"))
        + tag("p", inline_html(f"{cohort} · {total} points · not for students"), class_="variant")
        + tag("table", tag("thead", head), tag("tbody", *rows))
        + tag("h2", "Why, and what part of an answer is worth")
        + "".join(notes)
    )
    return _page(f"Answer key: {title}", body)


def _page(foot: str, body: str) -> str:
    quoted = '"' + foot.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ") + '"'
    head = tag("title", html.escape(foot)) + tag("style", CSS.replace("FOOT", quoted))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"{head}</head><body>{body}</body></html>"
    )


def _worth(presented: Presented, points: Mapping[str, float]) -> float:
    return points.get(presented.question.id, 1)


def _number(value: float) -> str:
    return f"{value:g}"


def _points(value: float) -> str:
    return f"{_number(value)} point{'' if value == 1 else 's'}"


def _rules(shown: Sequence[Presented]) -> str:
    """How to answer, for the kinds that stand in this quiz alone."""
    kinds = {one.question.kind for one in shown}
    rules = [
        *(["Choose one: mark one letter."] if "single" in kinds else []),
        *(
            ["Choose all that are right: a wrong mark takes back a right one."]
            if "multiple" in kinds
            else []
        ),
        *(
            ["Order and pairs: write the letters on the lines. A part that is right counts."]
            if kinds & {"ordering", "matching"}
            else []
        ),
        *(["Numbers: write figures."] if "numeric" in kinds else []),
        *(["Names: any usual spelling counts."] if "text" in kinds else []),
        "To change a mark, cross it out clearly.",
    ]
    intro = tag("p", "Answer on these sheets. The points of a question stand beside it.")
    return tag("div", intro, tag("ul", *(tag("li", rule) for rule in rules)), class_="rules")


def _asked(number: int, presented: Presented, worth: float) -> str:
    return tag(
        "section",
        tag("div", f"{number}.", class_="number"),
        tag("div", question_html(presented), _space(presented), class_="asked"),
        tag("div", _points(worth), class_="worth"),
        class_=f"question {presented.question.kind}",
    )


def _space(presented: Presented) -> str:
    """Where the answer is written; the letters of a choice are marked themselves."""
    match presented.question:
        case Ordering():
            blanks = [tag("i") for _ in presented.entries]
            return tag("div", "First", *blanks, "last", class_="answer")
        case Matching() as question:
            blanks = [tag("span", f"{i + 1} ", tag("i")) for i in range(len(question.pairs))]
            return tag("div", *blanks, class_="answer")
        case Numeric() as question:
            unit = tag("span", inline_html(question.unit))
            return tag("div", tag("i", class_="figure"), unit, class_="answer")
        case ShortText():
            return tag("div", tag("i", class_="long"), class_="answer")
        case _:
            return ""


def _cell(presented: Presented) -> str:
    text = html.escape(short_key(presented))
    if isinstance(presented.question, Numeric) and presented.question.tolerance:
        text += f" ± {_number(presented.question.tolerance)}"
    return text


def _note(index: int, shown: Sequence[Presented], variants: Sequence[str], cite: Cite) -> str:
    """What a marker needs to know of one question, whatever the variant."""
    first, question = shown[0], shown[0].question
    drawn = bool(first.values)
    of_first = f"In variant {variants[0]}: " if drawn else ""
    keys = (
        [
            tag("p", f"Variant {v}: {_plain_key(one)}")
            for v, one in zip(variants, shown, strict=True)
        ]
        if drawn
        else [key_html(first)]
    )
    sources = "; ".join(cite(source) for source in question.source)
    day = question.as_of
    as_of = f" Facts as of {day.day} {day:%B %Y}." if day else ""
    about = (
        f"{question.id} · objective {question.objective} · {question.level} · source: {sources}."
    )
    return tag(
        "section",
        tag("p", f"{index + 1}. {of_first}{inline_html(first.stem)}", class_="stem"),
        tag("div", *keys, class_="key"),
        tag("p", of_first, inline_html(fill(question.why, first.values))),
        tag("p", f"{_marking(question)} {about}{as_of}", class_="about"),
        class_="note",
    )


def _plain_key(presented: Presented) -> str:
    return f"{_cell(presented)} {inline_html(presented.question.unit)}"  # type: ignore[union-attr]


def _marking(question: Question) -> str:
    """What part of an answer is worth what part of the points, as the other targets score it."""
    match question:
        case MultipleChoice():
            right = len(question.right_options)
            return f"Worth: right marks minus wrong marks, out of {right}, and never below 0."
        case ChoiceBase():
            return "Worth: all or nothing."
        case Ordering():
            pairs = len(question.items) * (len(question.items) - 1) // 2
            return (
                f"Worth: of all {pairs} pairs of items, those in the right order minus those in "
                f"the wrong one, out of {pairs}, and never below 0."
            )
        case Matching():
            return f"Worth: right letters out of {len(question.pairs)}."
        case Numeric():
            return "Worth: all within the tolerance, else nothing."
        case ShortText():
            return "Worth: all or nothing; capitals, accents, hyphens and spaces do not count."


def _print_all(browser: str, pages: Mapping[str, str], target: Path) -> list[Path]:
    """Print pages to files of their names in a folder: all of them, or none."""
    with tempfile.TemporaryDirectory(prefix="safehaven-paper-") as name:
        printed = []
        for page, text in pages.items():
            source = Path(name) / f"{page}.html"
            source.write_text(text, encoding="utf-8")
            try:
                printed.append(print_page(browser, source, source.with_suffix(".pdf")))
            except CourseError as error:  # name the file that was asked for
                final = target / f"{page}.pdf"
                raise CourseError(error.message, file=final, remedy=error.remedy) from error
        target.mkdir(parents=True, exist_ok=True)
        return [Path(shutil.move(file, target / file.name)) for file in printed]
