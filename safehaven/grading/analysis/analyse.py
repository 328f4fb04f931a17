"""Puts the analysis of a class together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from safehaven.grading.analysis.answers import Answer, answers_of
from safehaven.grading.analysis.choices import Choice, Ranking, choices
from safehaven.grading.analysis.difficulty import difficulty
from safehaven.grading.analysis.discrimination import (
    item_total,
    upper_and_lower,
    upper_lower,
)
from safehaven.grading.analysis.flags import item_flags
from safehaven.grading.analysis.gradebook import read_assignments
from safehaven.grading.analysis.mastery import (
    CUT,
    by_objective,
    marks_of,
    objectives_of,
    standings,
    student_result,
)
from safehaven.grading.analysis.material import read_material
from safehaven.grading.analysis.model import FATES, Assignment, known, with_objectives
from safehaven.grading.analysis.pace import pace
from safehaven.grading.analysis.reliability import alpha_without, reliability
from safehaven.grading.analysis.results import (
    AssignmentResult,
    ClassResult,
    ItemResult,
    Pace,
)
from safehaven.grading.analysis.totals import MOST_GAPS, Totals, totals
from safehaven.grading.run.course import Course

#: For each student the answers to the questions, by name.
Answers = Mapping[str, Mapping[str, Answer]]


def analyse(
    root: Path,
    assignments: Sequence[str] | None = None,
    *,
    db: str = "",
    cut: float = CUT,
    course: Path | None = None,
    report: Callable[[str], object] = lambda _: None,
) -> ClassResult:
    """Analyse the work of a class.

    Args:
        root: the folder that holds nbgrader_config.py.
        assignments: their names; where nothing is said, all that somebody handed in.
        db: the gradebook's address, where it is not the one of the configuration.
        cut: the share of the points from which on an objective counts as mastered.
        course: the folder of the course, where the gradebook lies outside it.
        report: called with a line for every step.

    Raises:
        CourseError: there is no gradebook, or no such assignment in it.
        CourseErrors: the course's bank cannot be read.
    """
    root = root.resolve()
    read, names = read_assignments(root, assignments, db)
    asked = {item.question.bank_id for test in read for item in test.items if item.question}
    material = read_material(course.resolve() if course else root, asked)
    tests = [with_objectives(test, material.questions) for test in read]
    directory = Course(root, "", db).directory()
    results = []
    for test in tests:
        report(f"{test.name}: {len(test.analysed)} submissions of {len(test.sittings)} students")
        answers = read_answers(test, directory)
        results.append(assignment_result(test, answers, _pace(test, directory)))
    ids = list(dict.fromkeys(s.student for test in tests for s in test.sittings))
    marks = [marks_of(test) for test in tests]
    objectives = objectives_of(marks, material)
    found = {student: standings(student, marks, objectives, cut) for student in ids}
    of_students = list(found.values())
    return ClassResult(
        course=str(directory.course_id),
        cut=cut,
        tests=tuple(results),
        objectives=tuple(by_objective(o, marks, of_students, material) for o in objectives),
        students=tuple(student_result(s, tests, found[s], material, names) for s in ids),
    )


def read_answers(test: Assignment, directory: Any) -> Answers:
    """What each student answered to the questions of the bank, from the graded notebooks."""
    asked: dict[str, list[Any]] = {}
    for item in test.items:
        if item.question:
            asked.setdefault(item.notebook, []).append(item.question)
    found: dict[str, dict[str, Answer]] = {}
    for sitting in test.analysed if asked else ():
        folder = directory.format_path(directory.autograded_directory, sitting.student, test.name)
        for notebook, questions in asked.items():
            file = Path(folder) / f"{notebook}.ipynb"
            found.setdefault(sitting.student, {}).update(answers_of(file, questions))
    return found


def _pace(test: Assignment, directory: Any) -> Pace:
    from nbgrader.exchange.default import Exchange

    submitted = Path(directory.root) / directory.submitted_directory
    exchange = Path(Exchange(coursedir=directory, config=directory.config).root)
    inbound = exchange / str(directory.course_id) / "inbound"
    return pace(test, submitted, inbound if directory.course_id else None)


def assignment_result(test: Assignment, answers: Answers, when: Pace) -> AssignmentResult:
    """The statistics of one assignment."""
    added = totals(test)
    maxima = [test.items[place].maximum for place in added.items]
    analysed = test.analysed
    return AssignmentResult(
        name=test.name,
        fates={fate: test.count(fate) for fate in FATES},
        items=tuple(_item(test, place, added, answers) for place in range(len(test.items))),
        added_up=len(added.items),
        complete=len(added.students),
        maximum=sum(maxima),
        totals={analysed[i].student: added.totals[k] for k, i in enumerate(added.students)},
        reliability=reliability(added.columns, maxima),
        pace=when,
    )


def _item(test: Assignment, place: int, added: Totals, answers: Answers) -> ItemResult:
    item = test.items[place]
    marks = known([sitting.points[place] for sitting in test.analysed])
    waiting = len(test.analysed) - len(marks)
    result = ItemResult(item, len(marks), waiting, None, None, None, None)
    if waiting <= MOST_GAPS * len(test.analysed):
        result = replace(result, difficulty=difficulty([m / item.maximum for m in marks]))
    if place in added.items:
        column = added.columns[added.items.index(place)]
        result = replace(
            result,
            item_total=item_total(column, added.totals),
            upper_lower=upper_lower([m / item.maximum for m in column], added.totals),
            alpha_without=alpha_without(added.columns, added.items.index(place)),
        )
    result = replace(result, choices=_choices(test, place, added, answers))
    return replace(result, flags=item_flags(result))


def _choices(test: Assignment, place: int, added: Totals, answers: Answers) -> tuple[Choice, ...]:
    question = test.items[place].question
    if question is None:
        return ()
    analysed = test.analysed
    given = [answers.get(sitting.student, {}).get(question.name) for sitting in analysed]
    return choices(question, given, _ranking(place, added, len(analysed)))


def _ranking(place: int, added: Totals, size: int) -> Ranking | None:
    """How the analysed students stand; None where all have the same points."""
    if len(set(added.totals)) < 2:
        return None
    own = added.columns[added.items.index(place)] if place in added.items else None
    upper, lower = [0.0] * size, [0.0] * size
    rest: list[float | None] = [None] * size
    best, weakest = upper_and_lower(added.totals)
    for k, i in enumerate(added.students):
        upper[i], lower[i] = best[k], weakest[k]
        rest[i] = added.totals[k] - (own[k] if own else 0.0)
    return Ranking(upper, lower, rest)
