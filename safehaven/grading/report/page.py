"""The report as one HTML page that needs nothing else: no other file, no network.

Names of students and of files are hostile: they are escaped, and a policy in the page lets a
browser use only the page's own style and script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib import resources

from safehaven.grading.outcome import TAMPERING, Note, Outcome, Status, printable
from safehaven.grading.pages import document
from safehaven.grading.report.advice import next_steps, numbered
from safehaven.grading.report.console import duration, pace, points
from safehaven.grading.report.kinds import kind
from safehaven.grading.report.model import Run, Summary, summarise

#: The most characters of a note or a reason that are shown.
_LONGEST = 2_000

#: For each status its class in the style, a sign beside the colour, and its place when sorted.
_LOOKS: dict[Status, tuple[str, str, int]] = {
    "tampered": ("tampered", "⚠", 0),
    "ungradable": ("ungradable", "✕", 1),
    "missing": ("missing", "–", 2),
    "graded with notes": ("with-notes", "✓", 3),
    "graded": ("graded", "✓", 4),
}

_HEAD = (
    ("Student", "text", ""),
    ("Status", "number", ""),
    ("Points", "number", "number"),
    ("Late", "number", "number"),
    ("Notes", "number", "notes"),
)


def as_page(run: Run) -> str:
    """The whole page."""
    summary = summarise(run)
    title = f"Grading of {_shown(run.assignment)}"
    body = (
        *_top(run, summary, title),
        *_next(run, summary),
        *_table(run),
        *_kinds(summary),
    )
    return document(title, body, style=_part("page.css"), script=_part("page.js"))


# --- parts of the page ------------------------------------------------------------------------


def _top(run: Run, summary: Summary, title: str) -> Iterator[str]:
    yield f"<header><h1>{title}</h1>"
    where = f"Course <bdi>{_shown(run.course)}</bdi>. " if run.course else ""
    moment = run.started.isoformat(timespec="minutes")
    yield (
        f'<p class="muted">{where}Begun <time datetime="{moment}">'
        f"{run.started:%Y-%m-%d %H:%M %Z}</time>: {escape(pace(run, summary))}.</p>"
    )
    yield '</header><main><h2 id="counts">Students</h2><dl class="counts">'
    for status, count in summary.statuses.items():
        look = _LOOKS[status][0] if count else "none"
        yield f'<div class="{look}"><dt>{status}</dt><dd>{count:,}</dd></div>'
    yield "</dl>"
    facts = list(_facts(summary))
    if facts:
        yield f"<p>{' '.join(facts)}</p>"


def _facts(summary: Summary) -> Iterator[str]:
    if summary.mean_score is not None:
        of = f" of {summary.maximum:g}" if summary.maximum is not None else ""
        yield f"Mean of the points so far: {summary.mean_score:.2f}{of}."
    if summary.late:
        yield f"{numbered(summary.late, 'submission was', 'submissions were')} late."
    if summary.manual:
        what = numbered(summary.manual, "submission waits", "submissions wait")
        yield f"{what} for points by hand."


def _next(run: Run, summary: Summary) -> Iterator[str]:
    steps = next_steps(run, summary)
    if steps:
        yield '<h2>What to do next</h2><ol class="next">'
        yield from (f"<li>{escape(step)}</li>" for step in steps)
        yield "</ol>"


def _table(run: Run) -> Iterator[str]:
    yield '<h2 id="students">Each student</h2>'
    if not run.outcomes:
        yield "<p>Nothing was handed in.</p>"
        return
    choices = "".join(f'<option value="{status}">{status}</option>' for status in _LOOKS)
    yield (
        '<div class="tools" hidden>'
        f'<label>Show <select><option value="">all</option>{choices}</select></label>'
        '<label>Find <input type="search" placeholder="student"></label>'
        '<output aria-live="polite"></output></div>'
    )
    # The roles keep it a table for a screen reader where a narrow screen stacks its cells.
    yield '<table role="table" aria-labelledby="students"><thead role="rowgroup"><tr role="row">'
    for name, sorted_as, look in _HEAD:
        yield (
            f'<th role="columnheader" scope="col" class="{look}" data-kind="{sorted_as}">'
            f"{name}</th>"
        )
    yield '</tr></thead><tbody role="rowgroup">'
    for outcome in run.outcomes:
        yield from _row(outcome)
    yield "</tbody></table>"


def _row(outcome: Outcome) -> Iterator[str]:
    look, sign, rank = _LOOKS[outcome.status]
    late = duration(outcome.late_seconds) if outcome.late_seconds > 0 else ""
    score = -1 if outcome.score is None else outcome.score
    yield f'<tr role="row" data-status="{outcome.status}">'
    student = _shown(outcome.student)
    yield f'<th role="rowheader" scope="row" data-sort="{student}"><bdi>{student}</bdi></th>'
    yield (
        f'<td role="cell" class="status {look}" data-sort="{rank}">'
        f'<span aria-hidden="true">{sign}</span> {outcome.status}</td>'
    )
    yield _number("Points", score, points(outcome))
    yield _number("Late", outcome.late_seconds, late)
    notes = "".join(_notes(outcome))
    yield f'<td role="cell" class="notes" data-sort="{len(outcome.notes)}">{notes}</td></tr>'


def _number(name: str, value: float, text: str) -> str:
    return (
        f'<td role="cell" class="number" data-name="{name}" data-sort="{value:g}">'
        f"{escape(text)}</td>"
    )


def _notes(outcome: Outcome) -> Iterator[str]:
    if outcome.reason:
        yield f"<p><bdi>{_shown(outcome.reason)}</bdi></p>"
    found = [note for note in outcome.notes if note.kind == TAMPERING]
    others = [note for note in outcome.notes if note.kind != TAMPERING]
    if found:
        yield f'<details open class="evidence"><summary>Evidence</summary>{_list(found)}</details>'
    if others:
        what = numbered(len(others), "note", "notes")
        yield f"<details><summary>{what}</summary>{_list(others)}</details>"


def _list(notes: Iterable[Note]) -> str:
    return f"<ul>{''.join(f'<li>{_note(note)}</li>' for note in notes)}</ul>"


def _note(note: Note) -> str:
    place = " / ".join(_shown(part) for part in (note.notebook, note.cell) if part)
    where = f' <span class="where">(<bdi>{place}</bdi>)</span>' if place else ""
    return f"<bdi>{_shown(note.text)}</bdi>{where}"


def _kinds(summary: Summary) -> Iterator[str]:
    if summary.kinds:
        yield "<h2>What was noted, by number of submissions</h2><ul class='kinds'>"
        for name, count in summary.kinds.items():
            yield f"<li>{escape(kind(name).label)}: {count:,}</li>"
        yield "</ul>"
    if summary.fallbacks:
        yield "<h2>Tests run beside the student's code</h2>"
        yield (
            "<p>What these tests ask for cannot be handed over as a value, so they ran where the "
            "student's code ran, watched.</p><ul class='kinds'>"
        )
        for place, count in summary.fallbacks.items():
            yield f"<li><bdi>{_shown(place)}</bdi>: {count:,}</li>"
        yield "</ul>"
    yield "</main>"


# --- text -------------------------------------------------------------------------------------


def _shown(text: str) -> str:
    return escape(printable(text, _LONGEST))


@cache
def _part(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
