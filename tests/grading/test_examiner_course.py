"""Every kept answer of the course gets its points, with every test examined apart."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from safehaven.assignments import answers
from safehaven.assignments.answers import Answer
from safehaven.assignments.derive import derive
from safehaven.assignments.papers import notebook_bytes
from safehaven.assignments.quizzes import course_quizzes
from safehaven.assignments.source import names, read
from safehaven.folders import CourseFolders, find_course
from safehaven.grading.sandbox import Sandbox
from safehaven.grading.variants import _scratch, tries
from safehaven.lessons import read_lessons
from safehaven.render import notebook as render
from tests.grading.examined import learn, run_notebook

COURSE = find_course(Path(__file__))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """The course, derived afresh in a folder of its own."""
    made = _scratch(COURSE, tmp_path_factory.mktemp("course"), _exercises())
    derive(made, _exercises())
    return made


@pytest.fixture(scope="module")
def box():
    with Sandbox() as started:
        yield started


def _exercises():
    return [name for name in names(COURSE) if read(COURSE, name)[0].is_markdown]


def _graded(folders: CourseFolders, source, given):
    """A submitted notebook as nbgrader's OverwriteCells leaves it."""
    nb = nbformat.reads(answers.submission(folders, source, {a.cell: a for a in given}), 4)
    original = nbformat.read(source.file.with_suffix(".ipynb"), 4)
    kept = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in original.cells}
    for cell in nb.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade") and not about.get("solution"):
            cell.source = kept[about["grade_id"]].source
    return nb


def _differences(ran, given):
    scores = dict(zip([c.metadata.nbgrader.grade_id for c in ran.tests], ran.points, strict=True))
    for answer in given:
        for cell, expected in answer.points.items():
            got = scores[cell]
            if (got is None) is not (expected is None) or abs((got or 0) - (expected or 0)) > 1e-3:
                yield f"{answer.cell}/{answer.name}: {cell} must give {expected}, gave {got}"


def _all_at_once(jobs, check):
    with ThreadPoolExecutor(2) as pool:
        return [line for lines in pool.map(lambda job: check(*job), jobs) for line in lines]


def test_every_kept_answer_gets_its_points(scratch, box) -> None:
    known, jobs = {}, []
    for name in _exercises():
        (source,) = read(scratch, name)
        nb = nbformat.read(source.file.with_suffix(".ipynb"), 4)
        known[name] = learn(
            box, *(c for c in nb.cells if c.cell_type == "code"), files=source.file.parent
        )
        assert {seen.way for seen in known[name].values()} == {"apart"}, name
        jobs += [(source, attempt.answers) for attempt in tries(source)]

    def check(source, given):
        nb = _graded(scratch, source, given)
        folder = scratch.exercises / source.assignment
        ran = run_notebook(box, nb, folder, known=known[source.assignment])
        found = [*_differences(ran, given), *(f"{note}" for note in ran.notes)]
        return [f"{source.assignment}: {line}" for line in found]

    assert not _all_at_once(jobs, check)


def test_quizzes_too(box) -> None:
    lessons = read_lessons(COURSE.book)[0]
    jobs = [
        (nbformat.reads(notebook_bytes(paper, lessons).decode(), 4), paper, how)
        for paper in course_quizzes(COURSE)
        for how in ("right", "wrong")
    ]
    assert len(jobs) >= 20

    def check(nb, paper, how):
        cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in nb.cells}
        variables = render.answer_names([p.question for p in paper.shown])
        given = []
        for one in paper.shown:
            answered, tested = (
                render.answer_cell_id(one.question),
                render.test_cell_id(one.question),
            )
            text = render.answer_source(one, how, name=variables[one.question.id])
            cells[answered].source = text
            most = cells[tested].metadata.nbgrader.points
            points = {tested: render.expected_score(one, how) * most}
            given.append(Answer(answered, how, text, points))
        ran = run_notebook(box, nb)
        return [f"{paper.name}: {x}" for x in [*_differences(ran, given), *ran.notes]]

    assert not _all_at_once(jobs, check)
