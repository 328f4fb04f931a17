"""Plans for a term and for a week of teaching, from the lessons, exercises and blueprints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from safehaven.bank.blueprint import load_blueprints
from safehaven.book.pages.reference import table
from safehaven.book.pages.teaching import link
from safehaven.book.project import Project, report
from safehaven.errors import CourseErrors
from safehaven.lessons import Lesson

#: Weeks of a term and days of a short course; the capstone closes both.
WEEKS, DAYS = 13, 5
#: Minutes in class for a lesson: a discussion, and what the notes for instructors put before it.
CLASS_MINUTES = 45
#: Minutes in class for the defence of the capstone in groups.
CAPSTONE_MINUTES = 120
CAPSTONE = "[Capstone](../capstone/assessment.md)"


@dataclass(frozen=True)
class Part:
    """A lesson with its exercises, or the capstone.

    Attributes:
        lesson: its number; None for the capstone.
        name: a link to it.
        reading: minutes for reading it with its questions.
        exercises: the names of its exercises, and their minutes.
    """

    lesson: int | None
    name: str
    reading: int
    exercises: tuple[tuple[str, int], ...]

    @property
    def in_class(self) -> int:
        """Minutes in class where the exercises are done there."""
        spoken = CLASS_MINUTES if self.lesson is not None else CAPSTONE_MINUTES
        return spoken + sum(minutes for _, minutes in self.exercises)


def weeks(project: Project) -> Iterator[str]:
    """A term: what is read and handed in each week."""
    parts = _parts(project)
    sittings = share_out([part.reading for part in parts], WEEKS)
    tests = _tests(project, [parts[sitting.stop - 1] for sitting in sittings])
    yield from table(
        ["Week", "Lesson", "Minutes to read", "Hand in after", "Quizzes and tests"],
        [
            [
                str(number),
                ", ".join(part.name for part in parts[sitting]),
                str(sum(part.reading for part in parts[sitting])),
                _exercises(parts[sitting]),
                ", ".join(tests[number - 1]) or "–",
            ]
            for number, sitting in enumerate(sittings, 1)
        ],
    )


def days(project: Project) -> Iterator[str]:
    """Five days: what was read before, and what the day holds."""
    parts = _parts(project)
    sittings = share_out([part.in_class for part in parts], DAYS)
    tests = _tests(project, [parts[sitting.stop - 1] for sitting in sittings])
    yield from table(
        ["Day", "Lessons", "Read before", "In class", "Exercises in class", "Tests"],
        [
            [
                str(number),
                ", ".join(part.name for part in parts[sitting]),
                _hours(sum(part.reading for part in parts[sitting])),
                _hours(sum(part.in_class for part in parts[sitting])),
                _exercises(parts[sitting]),
                ", ".join(name for name in tests[number - 1] if "quiz-" not in name) or "–",
            ]
            for number, sitting in enumerate(sittings, 1)
        ],
    )


def share_out(minutes: Sequence[int], sittings: int) -> list[slice]:
    """Share parts out in their order, so that the longest sitting is as short as can be.

    Args:
        minutes: of each part.
        sittings: how many there are; where there are fewer parts, each has one of its own.
    """
    most = min(sittings, len(minutes))

    @cache
    def best(start: int, left: int) -> tuple[int, tuple[int, ...]]:
        """The longest sitting from a part on, and where each of them ends."""
        if left == 1:
            return sum(minutes[start:]), (len(minutes),)
        ends = range(start + 1, len(minutes) - left + 2)
        return min(
            (max(sum(minutes[start:end]), best(end, left - 1)[0]), (end, *best(end, left - 1)[1]))
            for end in ends
        )

    ends = best(0, most)[1] if minutes else ()
    return [slice(start, end) for start, end in zip((0, *ends), ends, strict=False)]


def _parts(project: Project) -> list[Part]:
    lessons = [_part(project, lesson) for lesson in project.lessons]
    if not (project.folders.book / "capstone" / "assessment.md").is_file():
        return lessons
    return [*lessons, Part(None, CAPSTONE, CAPSTONE_MINUTES, ())]


def _part(project: Project, lesson: Lesson) -> Part:
    section = lesson.section("Exercise")
    names = sorted(set(re.findall(r"exercises/(ex\d\d[a-z-]*)/", section.text if section else "")))
    exercises = tuple((name, _minutes(project, name)) for name in names)
    return Part(lesson.number, link(lesson), lesson.head.minutes, exercises)


def _minutes(project: Project, exercise: str) -> int:
    source: Path = project.folders.solutions / exercise / f"{exercise}.md"
    head = source.read_text(encoding="utf-8").split("\n---\n", 1)[0] if source.is_file() else ""
    found = re.search(r"^  minutes: (\d+)$", head, re.M)
    return int(found[1]) if found else 0


def _tests(project: Project, last: Sequence[Part]) -> list[list[str]]:
    """The quizzes and tests of each sitting: when the last of their lessons has been taught.

    One on all lessons closes the course, beside the capstone.

    Args:
        project: the course.
        last: the last part of each sitting.
    """
    placed: list[list[str]] = [[] for _ in last]
    try:
        blueprints = load_blueprints(project.folders)
    except CourseErrors as found:
        report(found.errors)
        return placed
    whole = {lesson.number for lesson in project.lessons}
    for blueprint in blueprints:
        asked = {lesson for pool in blueprint.pools for lesson in pool.lessons}
        if blueprint.head.diagnostic:
            placed[0].insert(0, f"`{blueprint.name}` on the first day")
        elif asked >= whole:
            placed[-1].append(f"`{blueprint.name}`")
        else:
            known = [part.lesson is None or part.lesson >= max(asked) for part in last]
            placed[known.index(True)].append(f"`{blueprint.name}`")
    return placed


def _exercises(parts: Sequence[Part]) -> str:
    found = [
        f"{name} ({minutes} min)" if minutes else name
        for part in parts
        for name, minutes in part.exercises
    ]
    found += ["the assessment" for part in parts if part.lesson is None]
    return ", ".join(found) or "–"


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d}"
