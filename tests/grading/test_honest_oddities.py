"""Honest and right answers of odd kinds lose no point."""

from __future__ import annotations

import pytest

from safehaven.grading.outcome import Outcome
from safehaven.grading.run import grade
from tests.grading.attacks import classes
from tests.grading.attacks import course as assignment
from tests.grading.attacks.oddities import ODDITIES


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    root = assignment.make_course(tmp_path_factory.mktemp("oddities") / "course")
    for name, (work, last) in ODDITIES.items():
        assignment.hand_in(root, name, work, last)
    run = grade(root, assignment.ASSIGNMENT, workers=2)
    return {outcome.student: outcome for outcome in run.outcomes}


@pytest.mark.parametrize("student", ODDITIES)
def test_an_honest_oddity_loses_nothing(outcomes: dict[str, Outcome], student: str) -> None:
    outcome = outcomes[student]
    assert outcome.score == assignment.FULL, outcome
    assert outcome.status in ("graded", "graded with notes")


@pytest.fixture(scope="module")
def of_classes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    root = classes.make_class_course(tmp_path_factory.mktemp("honest") / "course")
    for name, work in classes.HONEST.items():
        assignment.hand_in(root, name, work, "")
    run = grade(root, assignment.ASSIGNMENT, workers=2)
    return {outcome.student: outcome for outcome in run.outcomes}


@pytest.mark.parametrize("student", classes.HONEST)
def test_a_class_that_is_built_otherwise_loses_nothing(
    of_classes: dict[str, Outcome], student: str
) -> None:
    outcome = of_classes[student]
    assert outcome.score == classes.MAXIMUM, outcome
    assert {note.kind for note in outcome.notes} == {"fallback"}
