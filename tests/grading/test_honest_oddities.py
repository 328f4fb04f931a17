"""Honest and right answers of odd kinds lose no point."""

from __future__ import annotations

import pytest

from safehaven.grading.outcome import Outcome
from safehaven.grading.run import grade
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
