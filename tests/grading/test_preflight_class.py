"""A class of broken submissions to a real assignment is graded by stock nbgrader, after repair."""

import copy
import json
import pickle
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    Execute,
    LimitOutput,
    SaveAutoGrades,
)

from safehaven.assignments.stock import nbgrader_api
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.grading.preflight import find_submissions, load_source, prepare

NAME = "ex01-small"
ANSWERS = {
    "task-1": "def total(rows):\n    return sum(int(row['count']) for row in rows)",
    "task-2": "first, last = 2001, 2003",
    "judgement": "They do not say who counted.",
}
ALL = {"task-1-a": 1.0, "task-1-b": 1.0, "task-2-a": 2.0, "judgement": None}


# --- what was handed in -----------------------------------------------------------------------


def of(notebook: dict, name: str) -> dict:
    cells = notebook["cells"]
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def honest(notebook: dict) -> None:
    """As it should be."""


def copied(notebook: dict) -> None:
    """Every test twice, an answer split in two."""
    for name in ("task-1-a", "task-2-a"):
        place = notebook["cells"].index(of(notebook, name))
        notebook["cells"].insert(place, copy.deepcopy(notebook["cells"][place]))
    second = copy.deepcopy(of(notebook, "task-2"))
    place = notebook["cells"].index(of(notebook, "task-2"))
    notebook["cells"].insert(place + 1, second)
    of(notebook, "task-2")["source"] = "first = 2001"
    second["source"] = "last = 2003"


def without_ids(notebook: dict) -> None:
    """Ids lost, exchanged or of another type; other metadata broken."""
    test, other, written, task = (
        of(notebook, name) for name in ("task-1-b", "task-2-a", "judgement", "task-2")
    )
    of(notebook, "task-1-a")["metadata"]["nbgrader"].update(points="many", schema_version=1)
    del test["metadata"]["nbgrader"]["grade_id"]
    other["metadata"]["nbgrader"] = "lost"
    written["metadata"] = None
    task["metadata"] = {}


def deleted(notebook: dict) -> None:
    """A test, an answer and a written answer are gone."""
    for name in ("task-1-a", "task-2", "judgement"):
        notebook["cells"].remove(of(notebook, name))


def in_disorder(notebook: dict) -> None:
    """A test above its answer, an answer merged into a test, a code cell made a text."""
    test = of(notebook, "task-1-a")
    notebook["cells"].remove(test)
    notebook["cells"].insert(0, test)
    of(notebook, "task-1-b")["source"] += f"\n\n{ANSWERS['task-2']}"
    notebook["cells"].remove(of(notebook, "task-2"))
    of(notebook, "task-1")["cell_type"] = "markdown"


def skipping(notebook: dict) -> None:
    """Nothing answered, and the tests told not to run: stock nbgrader gives full points."""
    for name in ("task-1-a", "task-1-b", "task-2-a"):
        of(notebook, name)["metadata"]["tags"] = ["skip-execution"]
    for name in ANSWERS:
        of(notebook, name)["source"] = "pass"


#: By student: what was done to the notebook, the points it must get, the kinds of notes.
RUN = {
    "[ab]*": (honest, ALL, set()),
    "copied": (copied, ALL, {"duplicate-cell"}),
    "without ids": (without_ids, ALL, {"lost-id", "metadata"}),
    "deleted": (deleted, {**ALL, "task-2-a": 0.0, "judgement": 0.0}, {"restored-cell"}),
    "in disorder": (in_disorder, ALL, {"moved-cell", "merged-cell", "cell-type", "locked-text"}),
    "skipping": (
        skipping,
        {**ALL, "task-1-a": 0.0, "task-1-b": 0.0, "task-2-a": 0.0},
        {"skipped-test"},
    ),
}

FILES = {
    "bom": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "nul": lambda text: text.encode() + b"\0" * 100,
    "nan": lambda text: text.replace('"metadata": {}', '"metadata": {"a": NaN}', 1).encode(),
    "version 3": lambda text: json.dumps(
        {
            "nbformat": 3,
            "nbformat_minor": 0,
            "metadata": {"name": ""},
            "worksheets": [
                {"cells": [{**c, "input": c["source"]} for c in json.loads(text)["cells"]]}
            ],
        }
    ).encode(),
    "no minor": lambda text: text.replace('"nbformat_minor"', '"minor"').encode(),
}


class Class:
    """Students of the small course, prepared and graded with stock nbgrader."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.source = load_source(root, NAME)
        self.released = json.loads((root / "exercises" / NAME / f"{NAME}.ipynb").read_text())
        self.api = nbgrader_api(CourseFolders(root))
        self.work = root.parent / "work"

    def answered(self) -> dict:
        notebook = copy.deepcopy(self.released)
        for name, text in ANSWERS.items():
            of(notebook, name)["source"] = text
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
        return notebook

    def hand_in(self, student: str, data: bytes, name: str = f"{NAME}.ipynb") -> Path:
        folder = self.source.submission_folder(student)
        folder.mkdir(parents=True)
        (folder / name).write_bytes(data)
        return folder

    def grade(self, student: str, *, execute: bool):
        """Prepare and grade; nbgrader is told the notebooks, as its pattern would miss some."""
        from nbgrader.converters import Autograde

        folder = self.source.submission_folder(student)
        prepared = prepare(folder, student, NAME, self.source, self.work / str(len(student)))
        assert prepared.folder is not None, prepared.reason

        class Told(Autograde):
            def init_notebooks(self) -> None:
                self.assignments = {str(prepared.folder): [str(p) for p in prepared.notebooks]}

        course = self.api.coursedir
        course.submitted_directory = str(prepared.tree)
        course.assignment_id, course.student_id = NAME, "*"
        converter = Told(course, parent=self.api)
        converter.autograde_preprocessors = [
            *([Execute] if execute else []),
            LimitOutput,
            SaveAutoGrades,
            AssignLatePenalties,
            CheckCellMetadata,
        ]
        converter.start()
        return prepared

    def points(self, student: str) -> dict[str, float | None]:
        with self.api.gradebook as gradebook:
            (notebook,) = gradebook.find_submission(NAME, student).notebooks
            return {grade.name: grade.auto_score for grade in notebook.grades}


@pytest.fixture(scope="module")
def course(small_once: Path, tmp_path_factory) -> Class:
    root = tmp_path_factory.mktemp("class") / "course"
    shutil.copytree(small_once, root)
    return Class(root)


@pytest.mark.parametrize("student", RUN)
def test_a_broken_notebook_gets_the_points_that_it_deserves(course, student):
    damage, points, kinds = RUN[student]
    notebook = course.answered()
    damage(notebook)
    course.hand_in(student, json.dumps(notebook).encode())
    prepared = course.grade(student, execute=True)
    assert course.points(student) == points
    assert {note.kind for note in prepared.notes} == kinds
    assert all(note.notebook == NAME for note in prepared.notes)


@pytest.mark.parametrize("student", FILES)
def test_nbgrader_takes_what_was_saved_in_another_way(course, student):
    data = FILES[student](json.dumps(course.answered()))
    course.hand_in(student, data, f"{NAME} (1).ipynb")
    course.grade(student, execute=False)
    graded = nbformat.read(
        course.root / "autograded" / student / NAME / f"{NAME}.ipynb", as_version=4
    )
    got = {c.metadata.nbgrader["grade_id"]: c for c in graded.cells if "nbgrader" in c.metadata}
    for name, text in ANSWERS.items():
        assert got[name].source == text
    assert "The function must work on other rows." in got["task-1-b"].source


def test_an_untouched_notebook_needs_no_note(course):
    course.hand_in("untouched", json.dumps(course.released).encode())
    assert course.grade("untouched", execute=False).notes == ()
    assert course.points("untouched")["judgement"] == 0.0


def test_every_student_is_found(course):
    course.hand_in("one more", b"")
    assert "one more" in [s.student for s in find_submissions(course.source)]


# --- the source -------------------------------------------------------------------------------


def test_the_source_is_the_released_notebook_with_the_gradebooks_points(course):
    source = course.source
    assert len(pickle.dumps(source)) < 20_000
    assert pickle.loads(pickle.dumps(source)) == source
    assert source.files == {"data/numbers.csv"}
    assert source.submitted_root == course.root / "submitted"
    (notebook,) = source.notebooks
    assert (notebook.name, notebook.kernelspec["name"]) == (NAME, "python3")
    cells = {cell.grade_id: cell for cell in notebook.cells if cell.grade_id}
    assert list(cells) == ["task-1", "task-1-a", "task-1-b", "task-2", "task-2-a", "judgement"]
    assert [cell.points for cell in cells.values()] == [None, 1.0, 1.0, None, 2.0, 3.0]
    assert [name for name, cell in cells.items() if cell.is_test] == [
        "task-1-a",
        "task-1-b",
        "task-2-a",
    ]
    assert "HIDDEN" not in repr(source)
    assert "other rows" not in repr(source)


def test_what_no_student_may_read_is_known(course):
    for name in ("gradebook.db", "nbgrader_config.py", f"solutions/{NAME}/{NAME}.ipynb"):
        status = (course.root / name).stat()
        assert (status.st_dev, status.st_ino) in course.source.guarded


def test_without_released_notebooks_the_gradebook_says_it(small):
    shutil.rmtree(small.exercises)
    (notebook,) = load_source(small.root, NAME).notebooks
    assert [cell.grade_id for cell in notebook.cells] == [
        "task-1",
        "task-1-a",
        "task-1-b",
        "task-2",
        "task-2-a",
        "judgement",
    ]
    assert "other rows" not in repr(notebook)
    assert "NotImplementedError" in notebook.cells[0].text
    shutil.rmtree(small.solutions)
    (alone,) = load_source(small.root, NAME).notebooks
    assert {cell.grade_id for cell in alone.cells} == {cell.grade_id for cell in notebook.cells}


def test_an_assignment_that_was_not_generated_has_a_remedy(small):
    with pytest.raises(CourseError) as caught:
        load_source(small.root, "ex99")
    assert "nbgrader generate_assignment ex99" in caught.value.remedy


def test_without_a_gradebook_none_is_made(small):
    (small.root / "gradebook.db").unlink()
    with pytest.raises(CourseError, match="no gradebook"):
        load_source(small.root, NAME)
    assert not (small.root / "gradebook.db").exists()


def test_a_broken_gradebook_has_a_remedy(small):
    (small.root / "gradebook.db").write_bytes(b"no database" * 1000)
    with pytest.raises(CourseError, match="cannot be read"):
        load_source(small.root, NAME)


def test_a_folder_that_is_no_course(tmp_path):
    with pytest.raises(CourseError, match=r"holds no nbgrader_config\.py"):
        load_source(tmp_path, NAME)


def test_another_gradebook_can_be_named(small):
    (small.root / "gradebook.db").rename(small.root / "other.db")
    source = load_source(small.root, NAME, db=f"sqlite:///{small.root}/other.db")
    assert source.notebooks
