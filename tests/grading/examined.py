"""Small notebooks that are run as submissions are, apart from nbgrader's bookkeeping."""

from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import determine_grade

from safehaven.grading.examiner.notebook import Folders, NotebookRun, Terms
from safehaven.grading.outcome import Note

#: A folder that does not exist holds no files.
_EMPTY = Path(__file__).parent / "no-files"

TESTED = {"grade": True, "solution": False, "locked": True, "schema_version": 3, "task": False}
SOLVED = {"grade": False, "solution": True, "locked": False, "schema_version": 3, "task": False}
LOCKED = {"grade": False, "solution": False, "locked": True, "schema_version": 3, "task": False}


def test_cell(source, points=1, name="test"):
    about = TESTED | {"grade_id": name, "points": points, "cell_type": "code"}
    return new_code_cell(source, metadata={"nbgrader": about})


def student_cell(source, name="task"):
    return new_code_cell(source, metadata={"nbgrader": SOLVED | {"grade_id": name}})


def locked_cell(source, name="given"):
    return new_code_cell(source, metadata={"nbgrader": LOCKED | {"grade_id": name}})


test_cell.__test__ = False


@dataclass
class Ran:
    """What became of a notebook."""

    nb: nbformat.NotebookNode
    notes: list[Note] = field(default_factory=list)

    @property
    def tests(self):
        return [c for c in self.nb.cells if c.metadata.get("nbgrader", {}).get("grade")]

    @property
    def points(self):
        return [determine_grade(cell)[0] for cell in self.tests]

    @property
    def kinds(self):
        return [note.kind for note in self.notes]

    def said(self, number=0):
        """All text that a test shows."""
        return "\n".join(
            str(part)
            for output in self.tests[number].outputs
            for part in (
                output.get("text"),
                output.get("evalue"),
                output.get("traceback"),
                output.get("data"),
            )
            if part
        )


def visible(cell):
    return ClearHiddenTests().preprocess_cell(nbformat.NotebookNode(cell), {}, 0)[0].source


def run(box, *cells, files=None, known=None, cell_seconds=20, notebook_seconds=60, **more):
    """Run cells of code in order; a plain string is a cell of the student's."""
    made = [new_code_cell(c) if isinstance(c, str) else c for c in cells]
    nb = new_notebook(cells=made)
    return run_notebook(
        box,
        nb,
        files,
        known=known,
        cell_seconds=cell_seconds,
        notebook_seconds=notebook_seconds,
        **more,
    )


def run_notebook(
    box,
    nb,
    files=None,
    *,
    known=None,
    cell_seconds=20,
    notebook_seconds=60,
    output_bytes=1_000_000,
    own=None,
):
    folders = Folders(files or _EMPTY, own or files or _EMPTY)
    terms = Terms(cell_seconds, notebook_seconds, output_bytes, "skip-execution", visible)
    one = NotebookRun(nb, box, folders, terms, known)
    one.execute()
    nbformat.validate(nb)
    return Ran(nb, one.notes)


def learn(box, *cells, files=None, cell_seconds=20):
    """What the instructor's answers show about the tests."""
    nb = new_notebook(cells=[new_code_cell(c) if isinstance(c, str) else c for c in cells])
    terms = Terms(cell_seconds, 60, 1_000_000, "skip-execution", visible)
    return NotebookRun(nb, box, Folders(files or _EMPTY, files or _EMPTY), terms).learn()
