"""What is said of an item, in large classes and in small ones, and where marks are missing."""

from __future__ import annotations

import random
import re
from math import exp
from pathlib import Path

import pytest

from safehaven.folders import find_course
from safehaven.grading.analysis import CUT, flags
from safehaven.grading.analysis.analyse import assignment_result
from safehaven.grading.analysis.answers import Answer
from safehaven.grading.analysis.model import Assignment, Item, Sitting
from safehaven.grading.analysis.quiz import QuizQuestion
from safehaven.grading.analysis.results import ItemResult, Pace
from safehaven.grading.analysis.totals import MOST_GAPS
from safehaven.grading.class_report.assignment import FLAGS

LETTERS = "ABCD"


def question(number: int) -> QuizQuestion:
    """A single choice whose key is A."""
    return QuizQuestion(
        name=f"L01-g{number:02d}",
        kind="single",
        stem="Which?",
        entries={letter: f"option {letter}" for letter in LETTERS},
        lefts={},
        variable=f"answer_g{number:02d}",
        arguments=(LETTERS, 1),
        right=["A"],
        feedback={letter: f"Why not {letter}." for letter in "BCD"},
        tolerance=0.0,
        traps=(),
        advice="",
    )


Answers = dict[str, dict[str, Answer]]


def quiz(picked: list[list[str]]) -> tuple[Assignment, Answers]:
    """A quiz from what each student (row) picked at each question; the key is A."""
    questions = [question(number) for number in range(len(picked[0]))]
    items = tuple(Item("quiz", q.name, (f"{q.name}-points",), 1.0, question=q) for q in questions)
    sittings, answers = [], {}
    for number, row in enumerate(picked):
        points = tuple(float(letter == "A") for letter in row)
        sittings.append(Sitting(f"s{number}", "graded", points))
        answers[f"s{number}"] = {
            q.name: Answer("read", [letter]) if letter else Answer("blank")
            for q, letter in zip(questions, row, strict=True)
        }
    return Assignment("quiz", items, tuple(sittings)), answers


def class_of(rng: random.Random, size: int, items: int) -> list[list[str]]:
    """Students who pick A the more surely the more able they are."""
    rows = []
    for _ in range(size):
        ability = rng.gauss(0.3, 1)
        chances = [1 / (1 + exp(-1.7 * (ability - (i % 5 - 2) / 2))) for i in range(items)]
        rows.append(["A" if rng.random() < c else rng.choice("BBCD") for c in chances])
    return rows


def results(picked: list[list[str]]) -> list[ItemResult]:
    test, answers = quiz(picked)
    return list(assignment_result(test, answers, Pace()).items)


def kinds(result: ItemResult) -> set[str]:
    return {flag.kind for flag in result.flags}


def swapped(row: list[str], place: int) -> list[str]:
    """As if the key of one question stood at B: who knows it picks B, and gets nothing."""
    other = {"A": "B", "B": "A"}.get(row[place], row[place])
    return [*row[:place], other, *row[place + 1 :]]


@pytest.mark.parametrize(("size", "least_found"), [(24, 0.5), (60, 0.9), (200, 1.0)])
def test_wrong_keys_are_found_and_right_ones_are_trusted(size, least_found):
    """Over many classes: the planted key is found the surer the larger the class is."""
    rng = random.Random(size)
    classes = 30
    found = doubted = 0
    for _ in range(classes):
        made = results([swapped(row, 3) for row in class_of(rng, size, 12)])
        found += "key-may-be-wrong" in kinds(made[3])
        doubted += sum("key-may-be-wrong" in kinds(r) for r in [*made[:3], *made[4:]])
    assert found >= least_found * classes
    assert doubted <= 0.01 * classes * 11


def test_the_flag_names_what_the_best_chose():
    rng = random.Random(1)
    made = results([swapped(row, 3) for row in class_of(rng, 200, 12)])
    flag = made[3].flags[0]
    assert (flag.kind, flag.weight, len(made[3].flags)) == ("key-may-be-wrong", "urgent", 1)
    assert "the best students chose B (" in flag.text


def test_a_small_class_is_not_judged():
    rows = class_of(random.Random(2), 8, 6)
    for result in results([swapped(row, 0) for row in rows]):
        assert kinds(result) == {"few-answers"}
        assert result.difficulty.high - result.difficulty.low > 0.3


def test_nobody_handed_in():
    test, answers = quiz([["A", "B"]])
    empty = Assignment(
        test.name, test.items, (Sitting("s0", "missing"), Sitting("s1", "ungradable"))
    )
    made = assignment_result(empty, answers, Pace())
    assert made.fates == {"graded": 0, "missing": 1, "ungradable": 1, "tampered": 0}
    assert made.reliability is None
    for result in made.items:
        assert (result.marked, result.waiting, result.difficulty) == (0, 0, None)
        assert result.flags == () == result.choices


def test_those_who_are_left_out_change_nothing():
    test, answers = quiz(class_of(random.Random(3), 50, 8))
    others = tuple(
        Sitting(f"z{n}", fate, points)
        for n, (fate, points) in enumerate(
            [("missing", ()), ("ungradable", (None,) * 8), ("tampered", (0.0,) * 8)]
        )
    )
    with_them = Assignment(test.name, test.items, test.sittings + others)
    alone, together = (assignment_result(t, answers, Pace()) for t in (test, with_them))
    assert together.items == alone.items
    assert together.reliability == alone.reliability
    assert together.fates != alone.fates


def _with_gaps(test: Assignment, place: int, gaps: int) -> Assignment:
    sittings = tuple(
        Sitting(s.student, s.fate, (*s.points[:place], None, *s.points[place + 1 :]))
        if number < gaps
        else s
        for number, s in enumerate(test.sittings)
    )
    return Assignment(test.name, test.items, sittings)


def test_an_item_with_many_gaps_is_left_out_for_all():
    test, answers = quiz(class_of(random.Random(4), 40, 6))
    made = assignment_result(_with_gaps(test, 2, 3), answers, Pace())
    assert (made.added_up, made.complete) == (5, 40)
    assert kinds(made.items[2]) == {"waits-for-marks"}
    assert made.items[2].difficulty is None
    assert made.items[0].difficulty.n == 40


def test_a_student_with_a_single_gap_is_left_out_of_totals_only():
    test, answers = quiz(class_of(random.Random(4), 40, 6))
    made = assignment_result(_with_gaps(test, 2, 2), answers, Pace())
    assert (made.added_up, made.complete) == (6, 38)
    assert made.items[2].difficulty.n == 38
    assert made.items[0].difficulty.n == 40
    assert made.items[0].item_total.n == 38


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (["A"] * 60, "too-easy"),
        (["A"] * 4 + ["B", "C", "D", "B"] * 14, "too-hard"),
        (["A"] * 14 + ["B", "C"] * 23, "like-guessing"),
        ([""] * 20 + ["A"] * 40, "many-blank"),
        (["A"] * 30 + ["B"] * 30, "common-misconception"),
        (["A"] * 30 + ["B"] * 15 + ["C"] * 15, "idle-options"),
    ],
)
def test_what_stands_out_is_said(column, kind):
    rng = random.Random(5)
    rows = class_of(rng, 60, 6)
    rng.shuffle(column)
    made = results([[pick, *row] for pick, row in zip(column, rows, strict=True)])
    flag = next(flag for flag in made[0].flags if flag.kind == kind)
    assert flag.text.endswith(".") and flag.advice.endswith((".", "?"))


def test_an_item_that_works_against_the_rest_is_found_without_options():
    """A task has no options: that it works against the rest is all that can be said."""
    rng = random.Random(6)
    rows = [[float(letter == "A") for letter in row] for row in class_of(rng, 200, 8)]
    items = tuple(Item("nb", f"task-{n}", (f"task-{n}-a",), 1.0) for n in range(8))
    turned = [(1 - row[0], *row[1:]) for row in rows]
    sittings = tuple(Sitting(f"s{n}", "graded", tuple(row)) for n, row in enumerate(turned))
    made = assignment_result(Assignment("ex", items, sittings), {}, Pace()).items
    assert made[0].flags[0].kind == "works-against"
    assert all(not result.flags for result in made[1:])


# --- the policy that instructors read ---------------------------------------------------------

POLICY = find_course(Path(__file__)).book / "instructors" / "item-bank-policy.md"


def test_the_policy_names_every_flag_with_its_limits():
    rows = {
        cells[0].strip(): cells[1]
        for line in POLICY.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and len(cells := line.strip("|").split("|")) == 3
    }
    assert set(FLAGS.values()) == set(rows) - {"flag"}
    limits = {
        "tells-little": (f"{flags.WEAK:.2f}", f"{flags.SURELY_WEAK:.2f}"),
        "too-easy": (f"{flags.EASY:.0%}", f"{flags.SURELY_EASY:.0%}"),
        "too-hard": (f"{flags.HARD:.0%}", f"{flags.SURELY_HARD:.0%}"),
        "many-blank": (f"{flags.MANY_BLANK:.0%}",),
        "unreadable": (f"{MOST_GAPS:.0%}",),
        "idle-options": (f"{flags.IDLE:.0%}", f"{flags.ENOUGH_FOR_IDLE} "),
        "common-misconception": (f"{flags.COMMON:.0%}",),
        "few-answers": (f"{flags.FEW} ",),
        "waits-for-marks": (f"{MOST_GAPS:.0%}",),
    }
    for kind, numbers in limits.items():
        for number in numbers:
            assert number in rows[FLAGS[kind]], kind
    assert f"cut of {CUT:.0%}" in POLICY.read_text(encoding="utf-8")


def test_every_kind_of_flag_has_a_short_name():
    source = Path(flags.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'Flag\(\s*"([a-z-]+)"', source)) == set(FLAGS)
