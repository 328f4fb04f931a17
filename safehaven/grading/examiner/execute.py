"""nbgrader's Execute, with the tests in a process of their own."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests, Execute
from traitlets import Float, Integer

from safehaven.errors import CourseError
from safehaven.grading.examiner import notes, reference
from safehaven.grading.examiner.files import folders
from safehaven.grading.examiner.notebook import Folders, NotebookRun, Terms
from safehaven.grading.examiner.reference import Reference
from safehaven.grading.outcome import Note
from safehaven.grading.sandbox import Limits, TooLargeError, current

#: What the instructor's notebooks showed, by their file.
_references: dict[Path, Reference] = {}


class ExaminedExecute(Execute):  # type: ignore[misc]
    """Runs a student's cells in a kernel of the sandbox, and the tests beside it.

    `Autograde.autograde_preprocessors` takes it by its dotted name in the place of `Execute`,
    while a sandbox is open (`safehaven.grading.sandbox.use`). Notes go to
    `safehaven.grading.examiner.notes`.
    """

    notebook_seconds = Float(
        Limits.notebook_seconds, help="Seconds that all cells of a notebook may run together."
    ).tag(config=True)
    output_bytes = Integer(
        Limits.output_bytes, help="Bytes that the outputs of a notebook may take."
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, Any]:
        """Execute a notebook in place.

        Raises:
            CourseError: no sandbox is open, or the notebook is not for Python.
        """
        del km
        _check_language(nb)
        names = resources.get("nbgrader", {})
        assignment, notebook = names.get("assignment", ""), names.get("notebook", "")
        course = CourseDirectory(parent=self)
        known = self._reference(course, assignment, notebook)
        with folders(Path(resources["metadata"]["path"]), course, assignment) as where:
            run = NotebookRun(nb, current(), where, self._terms(), known)
            try:
                run.execute()
            finally:
                for note in run.notes:
                    notes.add(Note(note.kind, note.text, notebook, note.cell))
        return nb, resources

    def _reference_terms(self, limits: Limits) -> Terms:
        """Give the terms of the instructor's notebook, which are never narrow."""
        return replace(
            self._terms(),
            cell_seconds=max(self.timeout or 0, limits.cell_seconds),
            notebook_seconds=max(self.notebook_seconds, limits.notebook_seconds),
        )

    def _terms(self) -> Terms:
        hidden = ClearHiddenTests(parent=self)

        def visible(cell: NotebookNode) -> str:
            try:
                shown, _ = hidden.preprocess_cell(NotebookNode(cell), {}, 0)
            except RuntimeError:
                # Its marks do not fit together, so all of it is hidden.
                return ""
            return str(shown.source)

        return Terms(
            self.timeout if self.timeout and self.timeout > 0 else None,
            self.notebook_seconds,
            self.output_bytes,
            self.skip_cells_with_tag,
            visible,
        )

    def _reference(
        self, course: CourseDirectory, assignment: str, notebook: str
    ) -> Reference | None:
        """Give what the instructor's notebook shows, which is run once for all processes."""
        folder = Path(course.format_path(course.source_directory, ".", assignment))
        file = folder / f"{notebook}.ipynb"
        if not notebook or not file.is_file():
            return None
        text = file.read_text(encoding="utf-8")
        kept = current().folder / f"{hashlib.sha256(text.encode()).hexdigest()}.json"
        if kept not in _references:

            def learn() -> tuple[Reference, bool]:
                nb = nbformat.reads(text, as_version=4)
                with (
                    folders(folder, course, assignment) as made,
                    reference.sandbox_of(current()) as sandbox,
                ):
                    where = Folders(made.instructors, made.instructors)
                    run = NotebookRun(nb, sandbox, where, self._reference_terms(sandbox.limits))
                    return run.learn(), run.has_seen_all

            try:
                _references[kept] = reference.once(kept, learn)
            except TooLargeError as error:
                raise CourseError(
                    f"The assignment's own files are too large for the sandbox. {error}",
                    file=str(folder),
                    remedy="Leave out of the assignment's folder what its notebooks do not read.",
                ) from error
        return _references[kept]


def _check_language(nb: NotebookNode) -> None:
    """Refuse what the sandbox has no kernel for; nbgrader has put the instructor's choice there.

    Raises:
        CourseError: the notebook is not for Python.
    """
    kernel = nb.metadata.get("kernelspec", {})
    language = str(kernel.get("language", "python")).lower()
    if language not in ("python", "ipython"):
        raise CourseError(
            f"The notebook is for the language {language!r}; only Python runs in the sandbox.",
            file=str(kernel.get("name", language)),
            remedy="Grade this assignment with 'nbgrader autograde', on a machine of its own.",
        )
