"""Pages for teachers and for revision, from the lessons and the bank."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from safehaven.bank import load_bank
from safehaven.book.lesson_head import STRAND_NAMES
from safehaven.book.pages.reference import table
from safehaven.book.project import Project
from safehaven.errors import CourseErrors
from safehaven.lessons import STRANDS, Lesson


def link(lesson: Lesson) -> str:
    """A link to a lesson from a page two folders below the root."""
    target = f"../{lesson.file.parent.name}/{lesson.file.name}"
    return f"[{lesson.number}. {lesson.head.title}]({target})"


def key_points(project: Project) -> Iterator[str]:
    """The key points of every lesson, strand by strand."""
    for strand in STRANDS:
        lessons = [lesson for lesson in project.lessons if lesson.head.strand == strand]
        if not lessons:
            continue
        yield from (f"## {STRAND_NAMES[strand]}", "")
        for lesson in lessons:
            section = lesson.section("Key points")
            yield from (f"**{link(lesson)}**", "")
            yield from (section.text.strip().split("\n") if section else ())
            yield ""


def syllabus(project: Project) -> Iterator[str]:
    """What each lesson takes and gives."""
    yield from table(
        ["Lesson", "Strand", "Minutes", "Builds on", "Exercise", "Facts checked to"],
        [
            [
                link(lesson),
                STRAND_NAMES[lesson.head.strand],
                str(lesson.head.minutes),
                ", ".join(map(str, lesson.head.needs)) or "–",
                ", ".join(_exercises(lesson)) or "–",
                lesson.head.as_of.isoformat(),
            ]
            for lesson in project.lessons
        ],
    )
    for lesson in project.lessons:
        yield from (f"**{link(lesson)}**", "")
        yield from (f"- {o.text} ({o.id})" for o in lesson.head.objectives)
        yield ""


def _exercises(lesson: Lesson) -> list[str]:
    section = lesson.section("Exercise")
    return sorted(set(re.findall(r"exercises/(ex\d\d[a-z-]*)/", section.text))) if section else []


def objective_counts(project: Project) -> dict[str, Counter[str]]:
    """How many practice questions, graded questions and exercise tasks each objective has.

    Only numbers leave the graded bank here, no question.
    """
    counts: dict[str, Counter[str]] = {}
    try:
        bank = load_bank(project.folders)
    except CourseErrors:
        bank = project.practice  # what is wrong with the files is reported where they are read
    for question in bank:
        counts.setdefault(question.objective, Counter())[question.use] += 1
    for source in sorted((project.folders.root / "solutions").glob("*/*.md")):
        head = source.read_text(encoding="utf-8").split("\n---\n", 1)[0]
        for objective in re.findall(r"^ +[\w-]+: (L\d\d\.\d)$", head, re.M):
            counts.setdefault(objective, Counter())["exercise"] += 1
    return counts


def coverage(project: Project) -> Iterator[str]:
    """Every objective, and where it is practised and assessed."""
    counts = objective_counts(project)
    rows = []
    for lesson in project.lessons:
        for objective in lesson.head.objectives:
            count = counts.get(objective.id, Counter())
            tasks = str(count["exercise"]) if count["exercise"] else objective.no_exercise or "0"
            rows.append(
                [
                    objective.id,
                    objective.text,
                    link(lesson),
                    str(count["practice"]),
                    str(count["graded"]),
                    tasks,
                ]
            )
    yield from table(
        ["Objective", "What a student can do", "Lesson", "Practice", "Graded", "Exercise tasks"],
        rows,
    )
