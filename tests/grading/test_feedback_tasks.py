"""A notebook is cut into tasks, which have the names that students know."""

import pytest

from safehaven.grading.feedback.markup import to_html
from safehaven.grading.feedback.tasks import Part, Source, grade_id, parts
from safehaven.grading.feedback.titles import check_title, from_id, notebook_title, task_title
from safehaven.grading.feedback.words import duration, points


@pytest.mark.parametrize(
    ("texts", "title", "asks"),
    [
        (
            ["# Book", "## Task 3: Bridges (2 points)", "**Task 3** (2 points). Write"],
            "Task 3: Bridges",
            2,
        ),
        (["## Task 1: Rows", "It counts.\n\n**Task 1** (2 points). Write"], "Task 1: Rows", 1),
        (["# Quiz 7", "**Question 1** (1 point)\n\nWho?"], "Question 1", 1),
        (["## Your *judgement* (4 points, graded by hand)\n\nRead"], "Your judgement", 0),
        (["## Part A [up to 2 pts]", "### Hints"], "Part A", 0),
        (["```\n# no heading\n```\nwords"], "", 0),
        (["## [A link](http://x.org) here"], "A link here", 0),
        ([], "", None),
    ],
)
def test_the_name_of_a_task(texts, title, asks):
    assert task_title(texts) == (title, "" if asks is None else texts[asks])


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# Test (1 point): the form of the answer\nassert x", "the form of the answer"),
        ("\n# Check: sorted lists.\nassert x", "sorted lists"),
        ("# empty lists\nassert x", "empty lists"),
        ("# This cell says something.\nassert x", ""),
        ('"""Check that it raises.\n\nMore."""\nassert x', "Check that it raises"),
        ("assert x  # Test: no", ""),
        ("not python (", ""),
        ("", ""),
    ],
)
def test_the_name_of_a_check(source, title):
    assert check_title(source) == title


def test_the_name_of_a_notebook():
    assert notebook_title(["## Sub", "# The *whole*\ntext", "# Other"]) == "The whole"
    assert notebook_title(["words"]) == ""
    assert len(notebook_title(["# " + "long " * 100])) < 130


def cell(name="", text="", kind="code"):
    metadata = {"nbgrader": {"grade_id": name}} if name else {}
    return {"cell_type": kind, "metadata": metadata, "source": text}


def source(name, *, code=True, locked=False, graded=False, points=1.0, task=False):
    return Source(name, code, f"# {name}", locked, graded, points, task)


def cut(cells, *sources):
    return parts(cells, {one.name: one for one in sources})


def names(part: Part):
    return [s.name if s else None for _, s in part.answers], [s.name for _, s in part.graded]


def test_answers_and_the_checks_behind_them_are_a_task():
    found = cut(
        [
            cell(text="# All", kind="markdown"),
            cell(text="## Task 1", kind="markdown"),
            cell("a"),
            cell(text="between", kind="markdown"),
            cell("a-1"),
            cell(text="also", kind="markdown"),
            cell("a-2"),
            cell(text="## Task 2", kind="markdown"),
            cell(text="example"),
            cell("b"),
            cell("c"),
            cell("c-1"),
        ],
        source("a"),
        source("a-1", locked=True, graded=True),
        source("a-2", locked=True, graded=True),
        source("b"),
        source("c"),
        source("c-1", locked=True, graded=True),
    )
    assert [names(part) for part in found] == [(["a"], ["a-1", "a-2"]), (["b", "c"], ["c-1"])]
    assert found[0].texts == ["# All", "## Task 1"]
    assert found[1].texts == ["## Task 2"]


def test_answers_in_cells_without_a_role_are_found():
    found = cut(
        [
            cell(text="## Q1", kind="markdown"),
            cell(text="x = 1"),
            cell("one"),
            cell(text="## Q2", kind="markdown"),
            cell(text="y = 2"),
            cell("two"),
        ],
        source("one", locked=True, graded=True),
        source("two", locked=True, graded=True),
    )
    assert [[c["source"] for c, _ in part.answers] for part in found] == [["x = 1"], ["y = 2"]]


def test_a_check_without_points_at_the_end_stands_alone():
    found = cut(
        [cell("a"), cell("a-0"), cell("a-1"), cell("lessons-to-begin-with")],
        source("a"),
        source("a-0", locked=True, graded=True, points=0),
        source("a-1", locked=True, graded=True),
        source("lessons-to-begin-with", locked=True, graded=True, points=0),
    )
    assert [names(part) for part in found] == [
        (["a"], ["a-0", "a-1"]),
        ([], ["lessons-to-begin-with"]),
    ]
    assert from_id("lessons-to-begin-with") == "Lessons to begin with"
    assert [from_id(name) for name in ("task-1", "cell-3f2a", "x")] == ["task-1", "cell-3f2a", "x"]


def test_a_task_cell_is_answered_below_it():
    found = cut(
        [
            cell("t", kind="markdown"),
            cell(text="mine"),
            cell(text="words", kind="markdown"),
            cell(),
        ],
        source("t", code=False, locked=True, graded=True, task=True),
    )
    assert [c["source"] for c, _ in found[0].answers] == ["mine", "words"]


def test_what_a_student_did_to_the_cells_has_no_effect():
    found = cut(
        [cell("a"), cell("unknown"), cell("a-1"), cell("a-1"), cell("a")],
        source("a"),
        source("a-1", locked=True, graded=True),
        source("lost", locked=True, graded=True),
    )
    assert [names(part) for part in found] == [(["a"], ["a-1"]), ([], ["lost"])]
    assert found[1].graded[0][0] == {}


@pytest.mark.parametrize("metadata", [None, [], {"nbgrader": 3}, {"nbgrader": {"grade_id": []}}])
def test_broken_metadata_are_no_role(metadata):
    assert grade_id({"metadata": metadata}) == ""


def test_markdown_becomes_text_and_fetches_nothing():
    made = to_html(
        "# H\n\n![a <b>](http://x.org/p.png) <img src=http://x.org> <script>1</script>\n\n"
        "[l](javascript:alert(1)) $x_i$\n\n| a |\n|-|\n| 1 |\n\n$$\na<b\n$$\n"
    )
    for wrong in ("<img", "<script", "<h1", 'href="javascript'):
        assert wrong not in made
    for right in ("[picture: a", "<code>$x_i$</code>", "<table>", "a&lt;b", "<strong>H</strong>"):
        assert right in made


def test_numbers_in_words():
    assert [points(x) for x in (2.0, 0.25, 1 / 3, -0.0, 10.0)] == ["2", "0.25", "0.33", "0", "10"]
    assert [duration(x) for x in (5, 90, 3600, 7000, 200_000)] == [
        "less than a minute",
        "2 minutes",
        "1 hour",
        "2 hours",
        "2 days",
    ]
