"""Mistakes put into model answers, and what the tests of an exercise make of them."""

import shutil
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from safehaven.assignments import values
from safehaven.assignments.mutants import Tally, by_exercise, mutant_table, run_mutants, weak
from safehaven.assignments.mutations import mutations
from safehaven.cli import main
from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders

NAME = "ex01-small"


def changes(code: str) -> set[str]:
    """What mutations of one line of code put in its place."""
    return {mutation.code for mutation in mutations(code, {1})}


@pytest.mark.parametrize(
    ("code", "mutants"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a == b", {"a != b"}),
        ("a in b", {"a not in b"}),
        ("a and b", {"a or b", "a", "b"}),
        ("not a", {"a"}),
        ("a + b", {"a - b"}),
        ("a - b", {"a + b", "a", "b"}),
        ("a | b", {"a & b", "a", "b"}),
        ("a[1]", {"a[2]", "a[0]"}),
        ("a[:n]", {"a[:]", "a[:n + 1]", "a[:n - 1]"}),
        ("f(n=True)", {"f(n=False)", "f()", "pass"}),
        ("x = min(a, b)", {"x = max(a, b)", "x = min([a])", "x = min([b])"}),
        ("x = any(a)", {"x = all(a)"}),
        ("x = a.union(b)", {"x = a.intersection(b)"}),
        ("x = a.first()", {"x = a.last()"}),
        ("x = set(a)", {"x = a"}),
        ("x = range(n)", {"x = range(n + 1)", "x = range(n - 1)"}),
        ("x = a.merge(b, 'left')", {"x = a.merge(b, 'inner')"}),
        ("x = t[t.isin(a)]", {"x = t[~t.isin(a)]"}),
        ("x = [c for c in a if c]", {"x = [c for c in a]"}),
        ("x = t['p'] < t['q']", None),
        ("x += a", {"x -= a"}),
        ("x = 'before'", set()),
        ("x = [1, {'a': -2}]", set()),
        ("x = f'{a} b'", set()),
    ],
)
def test_the_kinds_of_mistake(code: str, mutants: set[str] | None) -> None:
    if mutants is None:  # another column, beside the comparisons
        mutants = {
            "x = t['p'] <= t['q']",
            "x = t['p'] >= t['q']",
            "x = t['q'] < t['q']",
            "x = t['p'] < t['p']",
        }
    assert changes(code) == mutants


def test_a_guard_can_be_forgotten_and_a_step_left_out() -> None:
    code = "for a in b:\n    if a > 1:\n        continue\n    c.append(a)"
    found = {(m.line, str(m)) for m in mutations(code, {2, 3, 4})}
    assert (2, "if a > 1: …  →  if False: …") in found
    assert (3, "continue  →  break") in found
    assert (4, "c.append(a)  →  pass") in found


def test_only_the_given_lines_are_changed_and_every_mutant_is_python() -> None:
    code = (
        'def f(a):\n    """Say < something."""\n    if a < 1:\n        return a + 2\n    return 0'
    )
    found = mutations(code, {3, 4})
    assert {mutation.line for mutation in found} == {3, 4}
    assert len({mutation.code for mutation in found}) == len(found)
    for mutation in found:
        compile(mutation.code, "mutant", "exec")
        assert "Say < something" in mutation.code


# --- values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "one",
    [
        [3, 1, 2],
        pd.Series([3, 1, 2]),
        pd.Index([3, 1, 2]),
        np.array([3.0, 1.0, 2.0]),
    ],
)
def test_the_form_of_a_list_does_not_matter(one: object) -> None:
    assert values.digest(one) == values.digest([3, 1, 2])
    assert values.digest(one).exact != values.digest([1, 2, 3]).exact
    assert values.digest(one).loose == values.digest({1, 2, 3}).loose
    assert values.digest(one).loose != values.digest([1, 2, 2]).loose


def test_values_that_are_alike_and_values_that_are_not() -> None:
    assert values.digest(0.1 + 0.2) == values.digest(0.3)
    assert values.digest(np.int64(2)) == values.digest(2.0)
    assert values.digest(pd.Timestamp("1996-09-27")) == values.digest("1996-09-27")
    assert values.digest({"a": 1, "b": 2}) == values.digest({"b": 2, "a": 1})
    assert values.digest((1, 2)).loose != values.digest((2, 1)).loose, "a pair has an order"
    assert values.digest(None) != values.digest("None")
    assert values.digest(float("nan")) == values.digest(float("nan"))
    table = pd.DataFrame({"a": [1, 2]})
    assert values.digest(table) == values.digest([{"a": 1}, {"a": 2}])
    assert values.digest(nx.Graph([(1, 2)])) == values.digest(nx.Graph([(2, 1)]))
    assert values.digest(nx.DiGraph([(1, 2)])) != values.digest(nx.DiGraph([(2, 1)]))


def test_made_up_inputs_are_near_the_given_ones() -> None:
    table = pd.DataFrame({"year": [2001, 2002], "name": ["a", "b"]})
    made = [c.args for c in values.changed_calls([values.Call("f", (table, 2001), {})])]
    assert any(limit == 2002 and given.equals(table) for given, limit in made), "one off"
    assert any(len(given) == 1 for given, _ in made), "a row left out"
    assert any(given["year"].tolist() == [2002, 2002] for given, _ in made), (
        "a value from elsewhere"
    )
    assert table["year"].tolist() == [2001, 2002], "the given input is as it was"
    assert all(type(limit) is int for _, limit in made)


# --- a whole exercise -------------------------------------------------------------------------

STRONG = """assert within([1, 2, 3], 2) == [1, 2], "Wrong numbers."
assert within([1, 2, 3], 1) == [1], "Wrong numbers."
"""
WEAK = """assert within([1, 3], 2) == [1], "Wrong numbers."
"""
EMPTY = """assert len(within([1, 2, 3], 2)) < 4, "Too many numbers."
"""
ANSWER = '''def within(numbers, limit):
    """Return the numbers up to the limit."""
    ### BEGIN SOLUTION
    return [n for n in numbers if n <= limit]
    ### END SOLUTION
'''


@pytest.fixture
def plant(course: CourseFolders, source_file: Path):
    """Put another answer and other hidden tests into task 1."""

    def change(answer: str, hidden: str) -> CourseFolders:
        text = source_file.read_text(encoding="utf-8")
        old = text[text.index("def total(rows):") : text.index("    ### END SOLUTION\n")]
        text = text.replace(old + "    ### END SOLUTION\n", answer)
        text = text.replace('assert total(rows) == 12, "The counts', 'assert True, "The counts')
        begin = text.index("assert callable(total)")
        end = text.index("### END HIDDEN TESTS\n")
        text = text[:begin] + "### BEGIN HIDDEN TESTS\n" + hidden + text[end:]
        source_file.write_text(text, encoding="utf-8")
        return course

    return change


def fates(found: list[Tally], task: str) -> dict[str, str]:
    (one,) = [one for one in found if one.task == task]
    return {mutant.change: mutant.fate for mutant in one.mutants}


COMPREHENSION = "[n for n in numbers if n <= limit]  →  [n for n in numbers]"


def test_strong_tests_kill_every_mutant(plant) -> None:
    found = run_mutants(plant(ANSWER, STRONG), [NAME], workers=1)
    assert fates(found, "task-1") == {
        "n <= limit  →  n < limit": "killed",
        "n <= limit  →  n > limit": "killed",
        COMPREHENSION: "killed",
    }
    assert found[0].share == 1
    assert weak(found) == []


def test_a_bound_that_no_test_looks_at_is_found_with_made_up_inputs(plant) -> None:
    found = run_mutants(plant(ANSWER, WEAK), [NAME], workers=1)
    assert fates(found, "task-1")["n <= limit  →  n < limit"] == "made-up"
    assert fates(found, "task-1")[COMPREHENSION] == "killed"
    assert weak(found) == [NAME]


def test_a_test_that_looks_away_is_found(plant) -> None:
    course = plant(ANSWER, EMPTY)
    found = run_mutants(course, [NAME], workers=1)
    assert set(fates(found, "task-1").values()) == {"survived"}
    shown = mutant_table(found)
    assert "Below 95%: ex01-small" in shown
    line = 1 + (course.solutions / NAME / f"{NAME}.md").read_text(
        encoding="utf-8"
    ).splitlines().index("    return [n for n in numbers if n <= limit]")
    assert f"{NAME}.md:{line}: n <= limit  →  n < limit" in shown


def test_an_answer_without_an_end_is_killed(plant) -> None:
    answer = ANSWER.replace(
        "    return [n for n in numbers if n <= limit]\n",
        "    while numbers and numbers[-1] > limit:\n"
        "        numbers = numbers[:-1]\n"
        "    return numbers\n",
    )
    found = run_mutants(plant(answer, STRONG), [NAME], workers=1)
    assert fates(found, "task-1")[":-1  →  :"] == "killed"


def test_the_order_of_a_list_is_another_form(plant) -> None:
    answer = ANSWER.replace("[n for n in numbers if n <= limit]", "sorted(numbers, reverse=True)")
    hidden = 'assert set(within([1, 2], 2)) == {1, 2}, "Wrong numbers."\n'
    found = run_mutants(plant(answer, hidden), [NAME], workers=1)
    assert set(fates(found, "task-1").values()) == {"other form"}
    assert weak(found) == []


def test_a_model_answer_that_is_not_right_is_named(plant) -> None:
    course = plant(ANSWER.replace("<=", "<"), STRONG)
    with pytest.raises(CourseErrors, match="does not get all points") as found:
        run_mutants(course, [NAME], workers=1)
    assert found.value.errors[0].file.name == f"{NAME}.md"


def test_partial_points_and_words_on_stderr_are_counted_as_nbgrader_does(plant) -> None:
    partial = "within([1, 2, 3], 2) == [1, 2] and 1.0 or 0.5\n"
    assert set(fates(run_mutants(plant(ANSWER, partial), [NAME]), "task-1").values()) == {"killed"}


def test_an_unknown_exercise_is_named(course: CourseFolders) -> None:
    with pytest.raises(CourseError, match="no assignment 'ex99'"):
        run_mutants(course, ["ex99"])


def test_the_verb_leaves_with_1_where_tests_are_weak(
    plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plant(ANSWER, WEAK).root)
    shown = CliRunner().invoke(main, ["mutants", NAME])
    assert shown.exit_code == 1
    assert "Below 95%: ex01-small" in shown.output


def test_tasks_are_shown_under_their_exercise(course: CourseFolders) -> None:
    shutil.copytree(course.solutions / NAME, course.solutions / "ex02-small")
    (course.solutions / "ex02-small" / f"{NAME}.md").rename(
        course.solutions / "ex02-small" / "ex02-small.md"
    )
    found = run_mutants(course)
    assert list(by_exercise(found)) == [NAME, "ex02-small"]
    assert [one.task for one in by_exercise(found)[NAME]] == ["task-1", "task-2"]
    assert found[1].mutants == (), "values that are only written down are not changed"
