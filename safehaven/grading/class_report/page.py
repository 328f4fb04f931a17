"""The report as one HTML page that needs nothing else: no other file, no script, no network.

Names and answers of students are hostile: they are escaped, and a policy in the page lets a
browser use only the page's own style.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from safehaven.grading.analysis.model import FATES
from safehaven.grading.analysis.results import ClassResult, ObjectiveResult, StudentResult
from safehaven.grading.class_report.assignment import (
    assignment_id,
    assignment_section,
    flag_html,
    item_name,
    notes_id,
)
from safehaven.grading.class_report.markup import Column, table
from safehaven.grading.class_report.method import METHOD
from safehaven.grading.class_report.pictures import interval
from safehaven.grading.class_report.words import (
    NONE,
    percent,
    points,
    share_between,
    shown,
    slug,
)
from safehaven.grading.pages import document
from safehaven.render.markup import tag

_OBJECTIVES = (
    Column("Objective"),
    Column("What students can do", "wide"),
    Column("Items", "number"),
    Column("Students", "number"),
    Column("Mastered by", "figure"),
    Column("Mean of points", "number"),
)
_STUDENTS = (
    Column("Student"),
    Column("Points", "wide"),
    Column("Strengths"),
    Column("To reread", "wide"),
)


def as_page(result: ClassResult) -> str:
    """The whole page."""
    style = resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    title = f"Class report{f': {shown(result.course)}' if result.course else ''}"
    body = (
        f"<header><h1>{title}</h1>{_contents(result)}</header>",
        "<main>",
        *_first(result),
        *(line for test in result.tests for line in assignment_section(test)),
        *_objectives(result),
        *_students(result),
        *METHOD,
        "</main>",
    )
    return document(title, body, style=style)


def _contents(result: ClassResult) -> str:
    links = [(assignment_id(test), shown(test.name)) for test in result.tests]
    links += [("objectives", "Objectives")] if result.objectives else []
    links += [("students", "Students"), ("method", "How it is computed")]
    return tag(
        "nav",
        tag("ul", *(tag("li", tag("a", text, href=f"#{id_}")) for id_, text in links)),
        aria_label="Parts of the report",
    )


def _first(result: ClassResult) -> Iterator[str]:
    yield tag("h2", "What to look at first")
    found = [
        (flag, test, place, item_name(test, item))
        for test in result.tests
        for place, item in enumerate(test.items)
        for flag in item.flags
        if flag.weight != "note"
    ]
    if not found:
        yield tag("p", "No question or task stands out. Notes stand beside the items.")
        return
    found.sort(key=lambda entry: entry[0].weight != "urgent")
    entries = (
        tag(
            "li",
            tag("a", f"<bdi>{shown(test.name)} {name}</bdi>", href=f"#{notes_id(test, p)}"),
            flag_html(flag),
        )
        for flag, test, p, name in found
    )
    yield tag("ol", *entries, class_="first")


def _objectives(result: ClassResult) -> Iterator[str]:
    if not result.objectives:
        return
    yield '<section aria-labelledby="objectives">'
    yield tag("h2", "Objectives", id="objectives")
    yield tag(
        "p",
        f"A student has mastered an objective who reached at least {percent(result.cut)} of the "
        "points of the items that test it, over all assignments of this report. The interval is "
        "for the share of students.",
    )
    rows = ((f"objective-{slug(o.id)}", _objective_cells(o)) for o in result.objectives)
    yield table(_OBJECTIVES, rows, label="objectives")
    yield "</section>"


def _objective_cells(objective: ObjectiveResult) -> list[str]:
    found = objective.mastered
    place = tag("br") + tag("span", shown(objective.place), class_="muted")
    return [
        shown(objective.id),
        shown(objective.text) + (place if objective.place else ""),
        str(objective.items),
        f"{objective.count:,} of {found.n:,}" if found else NONE,
        f"{interval(found, 0, 1)} {tag('span', share_between(found))}",
        percent(objective.level),
    ]


def _students(result: ClassResult) -> Iterator[str]:
    yield '<section aria-labelledby="students">'
    yield tag("h2", "Students", id="students")
    yield tag(
        "p",
        "A few items on an objective are a hint, not a verdict: read the work before you speak "
        "about it.",
    )
    rows = (("", _student_cells(student)) for student in result.students)
    yield table(_STUDENTS, rows, label="students")
    yield "</section>"


def _student_cells(student: StudentResult) -> list[str]:
    name = f" <span>{shown(student.name)}</span>" if student.name else ""
    strengths = (
        tag("a", shown(s.objective), href=f"#objective-{slug(s.objective)}")
        for s in student.strengths
    )
    reread = [tag("li", shown(place)) for place in student.reread]
    known = {standing.objective for standing in student.gaps}
    gaps = "" if reread or not known else shown(", ".join(sorted(known)))
    return [
        f"<bdi>{shown(student.student)}</bdi>{name}",
        tag("ul", *(tag("li", line) for line in _points(student)), class_="plain"),
        ", ".join(strengths),
        tag("ul", *reread, class_="plain") if reread else gaps,
    ]


def _points(student: StudentResult) -> Iterator[str]:
    for test, fate in student.fates.items():
        got = student.points.get(test)
        if got is None:
            yield f"{shown(test)}: {FATES[fate]}"
        else:
            yield f"{shown(test)}: {points(got)} of {points(student.possible[test])}"
