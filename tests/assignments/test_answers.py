"""Answer variants: what they are worth, and notebooks made with them."""

import json
from pathlib import Path

import pytest

from safehaven.assignments.answers import blank, solution, submission, variants, written
from safehaven.assignments.derive import derive
from safehaven.assignments.source import Source, read
from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders

NAME = "ex01-small"


@pytest.fixture
def source(course: CourseFolders) -> Source:
    return read(course, NAME)[0]


def put(course: CourseFolders, place: str, text: str) -> Path:
    path = course.solutions / NAME / "answers" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_variant_says_what_it_is_worth(source: Source) -> None:
    found = variants(source)
    assert sorted(found) == [
        ("task-1", "right-loop"),
        ("task-1", "wrong-typed-in"),
        ("task-2", "wrong-last-year"),
    ]
    wrong = found["task-1", "wrong-typed-in"]
    assert wrong.points == {"task-1-a": 1, "task-1-b": 0}
    assert wrong.mistake == "types the number in"
    assert wrong.text is not None
    assert wrong.text.startswith("def total(rows):")
    right = found["task-1", "right-loop"]
    assert right.points == {"task-1-a": 1, "task-1-b": 1}
    assert right.way == "adds up in a loop"


def test_model_answers_and_blank_cells(source: Source) -> None:
    assert solution(source, "task-2").text == "first, last = 2001, 2003"
    assert solution(source, "task-2").points == {"task-2-a": 2}
    assert "SOLUTION" not in str(solution(source, "task-1").text)
    judgement = solution(source, "judgement")
    assert judgement.text == "They do not say who counted."
    assert judgement.points == {"judgement": None}, "a person gives these points"
    assert blank(source, "judgement").points == {"judgement": 0}
    assert blank(source, "task-1").points == {"task-1-a": 0, "task-1-b": 0}
    assert written(source, "task-2", "first = 1").text == "first = 1"


def test_a_submission_is_the_released_notebook_with_answers(
    derived: CourseFolders, source: Source
) -> None:
    answer = variants(source)["task-1", "right-loop"]
    handed_in = json.loads(submission(derived, source, {"task-1": answer}))
    released = json.loads((derived.exercises / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    for cell, other in zip(handed_in["cells"], released["cells"], strict=True):
        if cell["id"] == "task-1":
            assert "".join(cell["source"]) == answer.text
            cell["source"] = other["source"]
        assert cell == other


def test_a_submission_needs_the_released_notebook(course: CourseFolders, source: Source) -> None:
    with pytest.raises(CourseError, match="does not exist") as found:
        submission(course, source, {})
    assert "safehaven derive" in found.value.remedy
    derive(course)
    path = course.exercises / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"task-1"', '"task-x"'))
    with pytest.raises(CourseError, match="no cell 'task-1'"):
        submission(course, source, {"task-1": solution(source, "task-1")})


WRONG = "# mistake: something\nx = 1\n"
CASES = {
    "unknown cell": ("task-9/right-x.py", "# way: w\nx\n", None, "No answer cell"),
    "no folder": ("right-x.py", "# way: w\nx\n", None, "No answer cell"),
    "unknown kind": ("task-1/half-x.py", "# way: w\nx\n", None, "does not say what"),
    "unknown ending": ("task-1/right-x.txt", "# way: w\nx\n", None, "does not say what"),
    "right without a header": ("task-1/right-x.py", "x = 1\n", 1, "no line '# way: …'"),
    "right with points": (
        "task-1/right-x.py",
        "# way: w\n# expects: task-1-a=1\nx\n",
        2,
        "'expects' does not belong to a right answer",
    ),
    "wrong without points": ("task-1/wrong-x.py", WRONG, 1, "no line '# expects: …'"),
    "wrong without its mistake": (
        "task-1/wrong-x.py",
        "# expects: task-1-a=0, task-1-b=0\nx\n",
        1,
        "no line '# mistake: …'",
    ),
    "unknown test": (
        "task-1/wrong-x.py",
        f"# expects: task-1-a=0, task-1-z=0\n{WRONG}",
        1,
        "'task-1-z' does not grade",
    ),
    "test of another task": (
        "task-1/wrong-x.py",
        f"# expects: task-1-a=0, task-1-b=0, task-2-a=0\n{WRONG}",
        1,
        "'task-2-a' does not grade",
    ),
    "points above the maximum": (
        "task-1/wrong-x.py",
        "# mistake: m\n# expects: task-1-a=1.5, task-1-b=0\nx\n",
        2,
        "'1.5' is no number of points from 0 to 1",
    ),
    "points that are no number": (
        "task-1/wrong-x.py",
        f"# expects: task-1-a=all, task-1-b=0\n{WRONG}",
        1,
        "'all' is no number",
    ),
    "a test left out": (
        "task-1/wrong-x.py",
        f"# expects: task-1-a=0\n{WRONG}",
        1,
        "does not say what task-1-b gives",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_variant_that_cannot_be_used_is_named(
    course: CourseFolders, source: Source, case: str
) -> None:
    place, text, line, message = CASES[case]
    path = put(course, place, text)
    with pytest.raises(CourseErrors) as found:
        variants(source)
    (error,) = found.value.errors
    assert message in error.message
    assert (error.file, error.line) == (path, line)
    assert error.remedy


def test_all_bad_variants_are_named_at_once(course: CourseFolders, source: Source) -> None:
    put(course, "task-1/right-x.py", "x = 1\n")
    put(course, "task-9/right-x.py", "# way: w\n")
    with pytest.raises(CourseErrors) as found:
        variants(source)
    assert len(found.value.errors) == 2
