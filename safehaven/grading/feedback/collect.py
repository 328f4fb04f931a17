"""The preprocessor that turns a graded notebook and the gradebook into a page of feedback."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, NbGraderPreprocessor

from safehaven.grading.feedback import titles
from safehaven.grading.feedback.hidden import Guard, Regions
from safehaven.grading.feedback.markup import as_text
from safehaven.grading.feedback.messages import Findings, read_outputs, stopped
from safehaven.grading.feedback.model import Answer, Check, Page, State, Task
from safehaven.grading.feedback.reread import places
from safehaven.grading.feedback.standing import outcomes, standing
from safehaven.grading.feedback.tasks import Part, Source, parts, text_of

#: The key of the page in nbconvert's resources.
PAGE = "feedback_page"

#: What nbgrader writes as a comment on an answer that was left as it was handed out.
_UNTOUCHED = "No response."

#: How a message begins that sends the student to read, again or for the first time.
_REREAD = re.compile(r"^(?:re-?read|to be learnt in)\b:?\s*", re.IGNORECASE)

_TOLERANCE = 1e-6


class CollectFeedback(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Collect what a student is told about a notebook, and let nothing else through."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Put the page into the resources, and take all cells out of the notebook.

        Whatever exporter comes next, the hidden tests in the cells are gone.
        """
        told = resources["nbgrader"]
        course = CourseDirectory(parent=self)
        found = outcomes(Path(course.root), told["assignment"]).get(told["student"])
        with Gradebook(told["db_url"]) as gradebook:
            kept = gradebook.find_submission_notebook(
                told["notebook"], told["assignment"], told["student"]
            )
            resources[PAGE] = _page(
                nb.cells,
                kept,
                regions=self._regions(),
                rereads=places(_source_file(course, told)),
                about=standing(found, told["notebook"]),
            )
        nb.cells = []
        return nb, resources

    def _regions(self) -> Regions:
        """The marks of hidden regions, as this course has set them."""
        tests, marks = ClearHiddenTests(parent=self), ClearMarkScheme(parent=self)
        return Regions(
            (
                (tests.begin_test_delimeter, tests.end_test_delimeter),
                (marks.begin_mark_scheme_delimeter, marks.end_mark_scheme_delimeter),
            )
        )


def _source_file(course: Any, told: Mapping[str, str]) -> Path:
    folder = course.format_path(course.source_directory, ".", told["assignment"])
    return Path(folder) / f"{told['notebook']}.ipynb"


def _page(
    cells: Sequence[Mapping[str, Any]],
    kept: Any,
    *,
    regions: Regions,
    rereads: Mapping[str, str],
    about: Any,
) -> Page:
    sources = _sources(kept.notebook)
    loose = [text_of(cell) for cell in cells if cell.get("cell_type") == "markdown"]
    guard = Guard([source.text for source in sources.values()], regions)
    builder = _Builder(kept, regions, guard, rereads)
    submission = kept.assignment
    several = len(submission.notebooks) > 1
    return Page(
        title=guard.clean(titles.notebook_title(loose)) or submission.name,
        assignment=submission.name,
        notebook=kept.name,
        student=submission.student.id,
        tasks=tuple(map(builder.task, parts(cells, sources))),
        penalty=float(kept.late_submission_penalty or 0.0),
        late_seconds=float(submission.total_seconds_late),
        others=(_total(submission), float(submission.max_score)) if several else None,
        standing=about,
    )


def _total(submission: Any) -> float:
    """The points of all notebooks, what was taken off for lateness taken off."""
    return float(submission.score) - float(submission.late_submission_penalty or 0.0)


def _sources(notebook: Any) -> dict[str, Source]:
    """The instructor's cells in the gradebook, in the notebook's order."""
    tasks = {cell.name: float(cell.max_score) for cell in notebook.task_cells}
    points = tasks | {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
    return {
        cell.name: Source(
            name=cell.name,
            is_code=cell.cell_type == "code",
            text=cell.source or "",
            is_locked=bool(cell.locked),
            is_graded=cell.name in points,
            points=points.get(cell.name, 0.0),
            is_task=cell.name in tasks,
        )
        for cell in notebook.source_cells
    }


class _Builder:
    """Makes the tasks of a page from the parts of a notebook."""

    def __init__(
        self, kept: Any, regions: Regions, guard: Guard, rereads: Mapping[str, str]
    ) -> None:
        self._grades = {grade.name: grade for grade in kept.grades}
        self._comments = {comment.name: comment.comment or "" for comment in kept.comments}
        self._regions = regions
        self._guard = guard
        self._rereads = rereads
        self._number = 0

    def task(self, part: Part) -> Task:
        self._number += 1
        texts = [self._guard.clean(self._regions.visible(text)) for text in part.texts]
        title, question = titles.task_title(texts)
        own = [text_of(cell) for cell, _ in part.answers]
        named = [source.name for _, source in (*part.answers, *part.graded) if source]
        return Task(
            title=title or (titles.from_id(named[0]) if named else f"Task {self._number}"),
            question="" if self._guard.is_in(as_text(question)) else question,
            answers=tuple(self._answers(part)),
            checks=tuple(self._checks(part, own)),
            reread=next((self._rereads[name] for name in named if name in self._rereads), ""),
        )

    def _answers(self, part: Part) -> Iterator[Answer]:
        comments = {s.name: self._comments.get(s.name, "") for _, s in part.graded if s.is_task}
        for cell, source in part.answers:
            comment = self._comments.get(source.name, "") if source else ""
            untouched = comment == _UNTOUCHED
            text = text_of(cell)
            yield Answer(
                is_code=cell.get("cell_type") == "code",
                # A right answer can hold a line that a hidden test has too.
                text="" if self._guard.is_in(text) else text,
                comment="" if untouched else comment,
                is_untouched=untouched,
                error=stopped(cell.get("outputs") or (), self._guard),
            )
        for comment in filter(None, comments.values()):
            yield Answer(is_code=False, text="", comment=comment)

    def _checks(self, part: Part, own: Sequence[str]) -> Iterator[Check]:
        for cell, source in part.graded:
            grade = self._grades.get(source.name)
            if grade is not None:
                yield self._check(cell, source, grade, own, len(part.graded))

    def _check(
        self, cell: Mapping[str, Any], source: Source, grade: Any, own: Sequence[str], count: int
    ) -> Check:
        got, possible = float(grade.score), float(grade.max_score)
        is_test = source.is_check and source.is_code
        # A person's marks count, whatever the check said before.
        overruled = is_test and grade.manual_score is not None
        found = Findings()
        if is_test:
            found = read_outputs(
                source.text,
                cell.get("outputs") or (),
                regions=self._regions,
                guard=self._guard,
                own=own,
            )
        state = _state(grade, got, possible, bool(found.error))
        messages = [m for m in found.messages if not _is_place(m)]
        return Check(
            cell=source.name,
            title=self._title(source, count, state),
            got=got,
            possible=possible,
            state=state,
            by_hand=overruled or not is_test,
            extra=float(grade.extra_credit or 0.0),
            sentences=(
                *(("Your instructor has set these points.",) if overruled else ()),
                *_sentences(found, state, bool(cell), source),
            ),
            messages=tuple(messages),
            reread=tuple(_place(m) for m in found.messages if _is_place(m)),
            lines=found.lines if state != "passed" else (),
        )

    def _title(self, source: Source, count: int, state: State) -> str:
        if not (source.is_check and source.is_code):
            waits = state == "waiting"
            return "Your instructor marks this" if waits else "Marked by your instructor"
        title = self._guard.clean(titles.check_title(self._regions.visible(source.text)))
        return title or ("" if count == 1 else source.name)


def _state(grade: Any, got: float, possible: float, has_error: bool) -> State:
    if grade.needs_manual_grade and grade.manual_score is None:
        return "waiting"
    if got >= possible - _TOLERANCE:
        return "failed" if possible == 0 and has_error else "passed"
    return "partly" if got > _TOLERANCE else "failed"


def _sentences(found: Findings, state: State, is_there: bool, source: Source) -> Iterator[str]:
    """What went wrong with a check, in words that hold for every course."""
    if state == "passed" or not (source.is_check and source.is_code):
        return
    if not is_there:
        yield "The cell of this check was not in your notebook."
        return
    if found.is_hidden:
        yield "A hidden part of this check failed."
    elif found.line is not None:
        yield f"It failed in line {found.line} of its cell, which you can see in your notebook."
    if found.error:
        yield f"It stopped with an error: {found.error}"
    if state == "failed" and not (found.messages or found.error):
        if found.is_stderr:
            yield "Something was written to the error stream, such as a warning, while it ran."
        else:
            yield "What your code gives is not what this check expects."


def _is_place(message: str) -> bool:
    return _REREAD.match(message) is not None


def _place(message: str) -> str:
    return _REREAD.sub("", message)
