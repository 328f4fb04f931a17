"""Each cell that the instructor released is found again, whatever was done to the notebook."""

import copy
import json

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from safehaven.grading.preflight.cells import read_cells
from safehaven.grading.preflight.repair import repair
from safehaven.grading.preflight.source import NotebookSource, SourceCell

STUB = "def total(rows):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
ANSWER = "def total(rows):\n    return sum(rows)"
TEST_A = 'assert total([1, 2]) == 3, "wrong sum of two"'
TEST_B = 'assert total([]) == 0, "wrong sum of nothing"'
TEST_2 = 'assert first == 2001, "another year was first"'
LOAD = "import csv\nrows = [1, 2, 3]"


def locked(name, text, points=None, cell_type="code"):
    return SourceCell(
        name,
        cell_type,
        text,
        grade=points is not None,
        locked=True,
        points=points,
        checksum="0" * 32,
        metadata={"deletable": False},
    )


def answer(name, text, points=None, cell_type="code"):
    return SourceCell(
        name,
        cell_type,
        text,
        grade=points is not None,
        solution=True,
        points=points,
        checksum="1" * 32,
    )


SOURCE = NotebookSource(
    name="ex01",
    cells=(
        SourceCell("", "markdown", "# An exercise on sums"),
        locked("load", LOAD),
        SourceCell("", "markdown", "**Task 1.** Write the sum."),
        answer("task-1", STUB),
        locked("task-1-a", TEST_A, 1.0),
        locked("task-1-b", TEST_B, 1.0),
        SourceCell("", "markdown", "**Task 2.** Which year was first?"),
        answer("task-2", "# YOUR CODE HERE\nraise NotImplementedError()"),
        locked("task-2-a", TEST_2, 2.0),
        locked("empty-test", "", 1.0),
        SourceCell("", "markdown", "**Judgement.** What is missing here?"),
        answer("judgement", "YOUR ANSWER HERE", 3.0, "markdown"),
        locked("marks", "Three points for a limit.", cell_type="markdown"),
    ),
    kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"},
    metadata={"title": "Sums"},
)
NAMES = [cell.grade_id for cell in SOURCE.cells if cell.grade_id]


def released() -> list[dict]:
    """The cells as a student receives them."""
    return [
        {
            "cell_type": cell.cell_type,
            "id": f"c{number}",
            "metadata": {"nbgrader": metadata(cell)} if cell.grade_id else {},
            "source": cell.text,
            "outputs": [],
        }
        for number, cell in enumerate(SOURCE.cells)
    ]


def metadata(cell: SourceCell) -> dict:
    found = {
        "grade": cell.grade,
        "grade_id": cell.grade_id,
        "locked": cell.locked,
        "schema_version": 3,
        "solution": cell.solution,
        "task": False,
    }
    return found | ({"points": cell.points} if cell.points is not None else {})


def named(cells: list[dict], name: str) -> dict:
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def own(text: str, cell_type: str = "code") -> dict:
    return {"cell_type": cell_type, "metadata": {}, "source": text, "outputs": []}


@pytest.fixture
def cells() -> list[dict]:
    """A notebook that was answered as it should be."""
    found = copy.deepcopy(released())
    named(found, "task-1")["source"] = ANSWER
    named(found, "task-2")["source"] = "first = 2001"
    named(found, "judgement")["source"] = "Who counted."
    return found


class Result:
    """A repaired notebook, easy to look at."""

    def __init__(self, cells: list[dict], found=None) -> None:
        repaired = repair(read_cells(cells), found, SOURCE)
        self.notebook = repaired.notebook
        self.notes = repaired.notes
        self.kinds = [note.kind for note in repaired.notes]
        notebook = nbformat.reads(json.dumps(self.notebook, allow_nan=False), as_version=4)
        nbformat.validate(notebook)
        MetadataValidator().validate_nb(notebook)
        assert sorted(self.names) == sorted(NAMES)
        for cell in SOURCE.cells:
            if cell.grade_id:
                got = named(self.notebook["cells"], cell.grade_id)
                assert got["cell_type"] == cell.cell_type
                assert metadata(cell).items() <= got["metadata"]["nbgrader"].items()
                if cell.locked:
                    assert got["source"] == cell.text

    @property
    def names(self) -> list[str]:
        ids = [c["metadata"].get("nbgrader", {}).get("grade_id") for c in self.notebook["cells"]]
        return [name for name in ids if name]

    @property
    def texts(self) -> list[str]:
        return [cell["source"] for cell in self.notebook["cells"]]

    def text(self, name: str) -> str:
        return named(self.notebook["cells"], name)["source"]

    def before(self, one: str, other: str) -> bool:
        return self.texts.index(one) < self.texts.index(other)


def test_an_honest_notebook_stays_as_it_is(cells):
    cells.insert(4, own("print(total([1]))"))
    cells.append(own("a note", "markdown"))
    result = Result(cells)
    assert result.notes == ()
    assert result.texts == [cell["source"] for cell in cells]
    assert result.notebook["metadata"] == {"title": "Sums", "kernelspec": SOURCE.kernelspec}


def test_outputs_and_what_programs_add_to_cells_go(cells):
    named(cells, "task-1").update(outputs=[{"x": "y" * 1000}], execution_count=7)
    named(cells, "task-1")["metadata"]["collapsed"] = "no boolean"
    result = Result(cells)
    assert result.notes == ()
    got = named(result.notebook["cells"], "task-1")
    assert (got["outputs"], got["execution_count"]) == ([], None)
    assert set(got["metadata"]) == {"nbgrader"}


# --- copies -----------------------------------------------------------------------------------


def test_of_two_equal_tests_one_counts(cells):
    cells.insert(5, copy.deepcopy(named(cells, "task-1-a")))
    result = Result(cells)
    assert result.kinds == ["duplicate-cell"]
    assert result.notes[0].cell == "task-1-a"
    assert result.notes[0].notebook == "ex01"
    assert result.texts.count(TEST_A) == 2, "the other is an ordinary cell"


def test_every_cell_twice_makes_one_note(cells):
    result = Result([cell for cell in cells for _ in range(2)])
    assert result.kinds == ["duplicate-cell"]
    assert "8 more" in result.notes[0].text


def test_of_two_answers_the_written_one_counts(cells):
    stub = copy.deepcopy(named(cells, "judgement"))
    stub["source"] = "YOUR ANSWER HERE"
    for place in (cells.index(named(cells, "judgement")), len(cells)):
        both = [*cells[:place], stub, *cells[place:]]
        assert Result(both).text("judgement") == "Who counted."


def test_a_split_answer_runs_whole_and_before_its_tests(cells):
    part = copy.deepcopy(named(cells, "task-1"))
    place = cells.index(named(cells, "task-1"))
    named(cells, "task-1")["source"] = "def total(rows):"
    part["source"] = "    return sum(rows)"
    cells.insert(place + 1, part)
    result = Result(cells)
    assert result.kinds == ["duplicate-cell"]
    assert result.before("def total(rows):", "    return sum(rows)")
    assert result.before("    return sum(rows)", TEST_A)


# --- ids --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "damage",
    [
        lambda m: m.clear(),
        lambda m: m["nbgrader"].pop("grade_id"),
        lambda m: m["nbgrader"].update(grade_id=""),
        lambda m: m["nbgrader"].update(grade_id=7),
        lambda m: m["nbgrader"].update(grade_id="../x y"),
        lambda m: m["nbgrader"].update(grade_id="unknown"),
        lambda m: m.update(nbgrader="text"),
        lambda m: m.update(nbgrader=[1]),
        lambda m: m.update(nbgrader={}),
    ],
)
def test_a_lost_id_is_found_again(cells, name, damage):
    wanted = named(cells, name)["source"]
    damage(named(cells, name)["metadata"])
    result = Result(cells)
    assert result.text(name) == wanted
    lost = "restored-cell" if name == "empty-test" else "lost-id"
    assert [note.cell for note in result.notes if note.kind == lost] == [name]
    assert [cell["source"] for cell in cells if cell["source"]] == [t for t in result.texts if t]


def test_all_metadata_lost(cells):
    for cell in cells:
        cell["metadata"] = {}
        del cell["id"]
    result = Result(cells)
    assert result.text("task-1") == ANSWER
    assert result.text("task-2") == "first = 2001"
    assert result.text("judgement") == "Who counted."
    assert "lost-id" in result.kinds


def test_answer_and_test_with_each_others_ids(cells):
    one, other = named(cells, "task-1"), named(cells, "task-1-a")
    one["metadata"], other["metadata"] = other["metadata"], one["metadata"]
    result = Result(cells)
    assert result.text("task-1") == ANSWER
    assert result.before(ANSWER, TEST_A)


def test_a_test_with_the_id_of_another(cells):
    named(cells, "task-1-b")["metadata"]["nbgrader"]["grade_id"] = "task-1-a"
    result = Result(cells)
    assert result.names == NAMES
    assert [(note.kind, note.cell) for note in result.notes] == [("lost-id", "task-1-b")]


def test_an_answer_with_the_id_of_another(cells):
    named(cells, "task-2")["metadata"]["nbgrader"]["grade_id"] = "task-1"
    result = Result(cells)
    assert result.text("task-1") == ANSWER
    assert result.text("task-2") == "first = 2001"


def test_jupyters_own_id_finds_what_has_no_other_trace():
    wanted = SourceCell("judgement", "markdown", "", grade=True, solution=True, cell_id="j1")
    handed_in = [own("other", "markdown"), own("Who counted.", "markdown") | {"id": "j1"}]
    repaired = repair(read_cells(handed_in), {}, NotebookSource("a", (wanted,)))
    assert named(repaired.notebook["cells"], "judgement")["source"] == "Who counted."
    assert "Jupyter's id" in repaired.notes[0].text


# --- metadata ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("points", 100),
        ("points", -1),
        ("points", "2"),
        ("points", None),
        ("points", [1]),
        ("grade", "yes"),
        ("grade", False),
        ("solution", True),
        ("solution", None),
        ("schema_version", 1),
        ("schema_version", 2),
        ("schema_version", 99),
        ("schema_version", "three"),
        ("schema_version", None),
    ],
)
def test_changed_metadata_are_put_back_and_noted(cells, field, value):
    named(cells, "task-1-a")["metadata"]["nbgrader"][field] = value
    result = Result(cells)
    assert [(note.kind, note.cell) for note in result.notes] == [("metadata", "task-1-a")]
    assert field in result.notes[0].text


@pytest.mark.parametrize(
    "extra", [{"checksum": "x"}, {"checksum": None}, {"task": None}, {"cell_type": 3}, {"more": 1}]
)
def test_metadata_that_decide_nothing_are_put_back_in_silence(cells, extra):
    named(cells, "task-1-a")["metadata"]["nbgrader"].update(extra)
    assert Result(cells).notes == ()


@pytest.mark.parametrize(("name", "kind"), [("task-1", "markdown"), ("task-1-a", "raw")])
def test_another_kind_of_cell_is_changed_back(cells, name, kind):
    named(cells, name)["cell_type"] = kind
    named(cells, name)["attachments"] = {"a.png": {"image/png": "QUJD"}}
    result = Result(cells)
    assert result.kinds == ["cell-type"]
    assert result.text("task-1") == ANSWER


def test_a_text_that_was_made_code_is_a_text_again(cells):
    named(cells, "judgement")["cell_type"] = "code"
    result = Result(cells)
    assert result.kinds == ["cell-type"]
    assert result.text("judgement") == "Who counted."


def test_a_test_cannot_be_skipped_by_a_tag(cells):
    named(cells, "task-1-a")["metadata"]["tags"] = ["skip-execution", "mine"]
    named(cells, "task-1")["metadata"]["tags"] = ["mine", "mine", 3, "a,b"]
    result = Result(cells)
    assert [(note.kind, note.cell) for note in result.notes] == [("skipped-test", "task-1-a")]
    assert "tags" not in named(result.notebook["cells"], "task-1-a")["metadata"]
    assert named(result.notebook["cells"], "task-1")["metadata"]["tags"] == ["mine"]


def test_a_cell_of_another_assignment_is_an_ordinary_cell(cells):
    stranger = own("stranger = 1")
    stranger["metadata"]["nbgrader"] = metadata(locked("ex99-a", "", 50.0))
    cells.append(stranger)
    result = Result(cells)
    assert [(note.kind, note.cell) for note in result.notes] == [("foreign-cell", "ex99-a")]


@pytest.mark.parametrize(
    "found",
    [None, [], "x", {"kernelspec": 3}, {"kernelspec": {"name": "conda-env", "language": "python"}}],
)
def test_metadata_of_the_notebook_are_the_instructors(cells, found):
    result = Result(cells, found)
    assert result.notes == ()
    assert result.notebook["metadata"]["kernelspec"] == SOURCE.kernelspec


def test_another_language_is_noted(cells):
    kernel = {"name": "ir", "display_name": "R\x1b[2J", "language": "R"}
    result = Result(cells, {"kernelspec": kernel})
    assert result.kinds == ["kernel"]
    assert "\x1b" not in result.notes[0].text


# --- cells that are gone, moved or merged -----------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_deleted_cell_is_put_back_in_its_place(cells, name):
    result = Result([cell for cell in cells if cell is not named(cells, name)])
    assert result.names == NAMES
    assert [(note.kind, note.cell) for note in result.notes] == [("restored-cell", name)]


def test_a_deleted_answer_does_not_undo_what_was_written_elsewhere(cells):
    cells.remove(named(cells, "task-1"))
    cells.insert(0, own(ANSWER))
    result = Result(cells)
    assert result.text("task-1").startswith("# The answer 'task-1' was missing")
    assert STUB not in result.texts


def test_a_deleted_written_answer_is_put_back_unanswered(cells):
    cells.remove(named(cells, "judgement"))
    assert Result(cells).text("judgement") == "YOUR ANSWER HERE"


def test_all_cells_deleted_but_one(cells):
    result = Result([named(cells, "task-2")])
    assert result.names == NAMES
    assert result.kinds == ["restored-cell"]


def test_a_test_that_is_put_back_comes_after_the_whole_answer(cells):
    cells.remove(named(cells, "task-1-a"))
    cells.remove(named(cells, "task-1-b"))
    place = cells.index(named(cells, "task-1"))
    cells.insert(place + 1, own("total = total"))
    result = Result(cells)
    assert result.names == NAMES
    assert result.before("total = total", TEST_A)
    assert result.before(TEST_B, "**Task 2.** Which year was first?")


def test_a_test_above_its_answer_is_moved(cells):
    test = named(cells, "task-1-a")
    cells.remove(test)
    cells.insert(0, test)
    result = Result(cells)
    assert [(note.kind, note.cell) for note in result.notes] == [("moved-cell", "task-1-a")]
    assert result.before(ANSWER, TEST_A)


def test_answers_in_another_order_stay_where_they_are(cells):
    task_1, task_2 = named(cells, "task-1"), named(cells, "task-2")
    one, other = cells.index(task_1), cells.index(task_2)
    cells[one], cells[other] = task_2, task_1
    result = Result(cells)
    assert result.before("first = 2001", ANSWER), "the student may need it so"
    assert result.before(ANSWER, TEST_A)


def test_everything_backwards(cells):
    result = Result(cells[::-1])
    assert result.before(ANSWER, TEST_A)
    assert result.before(ANSWER, TEST_B)
    assert result.before("first = 2001", TEST_2)
    assert set(result.kinds) == {"moved-cell"}


def test_an_answer_merged_with_its_tests(cells):
    task = named(cells, "task-1")
    task["source"] = f"{ANSWER}\n\n{TEST_A}\n\n{TEST_B}"
    cells.remove(named(cells, "task-1-a"))
    cells.remove(named(cells, "task-1-b"))
    result = Result(cells)
    assert result.names == NAMES
    assert result.kinds == ["restored-cell", "restored-cell"]


def test_an_answer_merged_into_the_test_before_it(cells):
    named(cells, "task-1-b")["source"] = f"{TEST_B}\n\nfirst = 2001"
    cells.remove(named(cells, "task-2"))
    result = Result(cells)
    assert result.text("task-2") == "first = 2001"
    assert ("merged-cell", "task-2") in [(note.kind, note.cell) for note in result.notes]


def test_an_answer_merged_into_the_test_after_it(cells):
    named(cells, "task-1-a")["source"] = f"{ANSWER}\n{TEST_A}"
    cells.remove(named(cells, "task-1"))
    result = Result(cells)
    assert result.text("task-1") == ANSWER
    assert result.before(ANSWER, TEST_A)


def test_an_answer_written_over_a_test_is_kept(cells):
    named(cells, "task-1")["source"] = STUB
    named(cells, "task-1-a")["source"] = ANSWER
    result = Result(cells)
    assert ANSWER in result.texts
    assert result.before(STUB, ANSWER)
    assert result.before(ANSWER, TEST_A)
    assert ("locked-text", "task-1-a") in [(note.kind, note.cell) for note in result.notes]


def test_a_test_that_was_changed_is_put_back_and_noted(cells):
    named(cells, "task-1-a")["source"] = "pass"
    result = Result(cells)
    assert [(note.kind, note.cell) for note in result.notes] == [("locked-text", "task-1-a")]
    assert "pass" not in result.texts


# --- hostile text -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"cell_type": None, "source": None, "metadata": None},
        {"cell_type": [], "source": {"a": 1}, "metadata": "x", "id": 7},
        {"cell_type": "heading", "source": ["a", 3, None], "metadata": []},
        {"cell_type": "markdown", "source": "x", "attachments": {"a": 1, "b": {"m": 3}}},
        {"cell_type": "markdown", "source": "x", "attachments": [1]},
        {"cell_type": "code", "source": "x", "metadata": {"tags": "skip-execution"}},
        {"cell_type": "code", "source": "x", "id": "not allowed!"},
        {"cell_type": "code", "source": "x", "id": "c3"},
        "no cell",
        None,
        [1],
    ],
)
def test_a_malformed_cell_does_no_harm(cells, cell):
    assert Result([cell, *cells, cell]).notes == ()


def test_characters_that_no_file_can_hold_are_replaced(cells):
    named(cells, "judgement")["source"] = "Who \ud800counted\0."
    result = Result(cells)
    assert result.text("judgement") == "Who \ufffdcounted."
    assert result.kinds == ["text-cleaned"]
    json.dumps(result.notebook, ensure_ascii=False).encode("utf-8")


def test_a_picture_in_a_written_answer_is_kept(cells):
    picture = {"a.png": {"image/png": ["QU", "JD"]}}
    named(cells, "judgement")["attachments"] = picture
    got = named(Result(cells).notebook["cells"], "judgement")
    assert got["attachments"] == {"a.png": {"image/png": "QUJD"}}


def test_thousands_of_cells_are_matched_in_time(cells):
    many = [own(f"x{number} = {number}") for number in range(4_000)]
    result = Result([*many, *cells, *copy.deepcopy(many)])
    assert result.notes == ()
