"""Papers of a class, written for each target and read back from there."""

from __future__ import annotations

import contextlib
import copy
import html
import re
import shutil
import zipfile
from pathlib import Path
from typing import get_args

import nbformat
import pytest
from click.testing import CliRunner

from safehaven.assignments.papers import Target, describe_all, write_papers
from safehaven.assignments.quizzes import course_quizzes, write_quizzes
from safehaven.assignments.stock import nbgrader_api
from safehaven.bank.draw import Paper
from safehaven.cli import main
from safehaven.errors import CourseError
from safehaven.folders import MARKER, CourseFolders, find_course
from safehaven.lessons import read_lessons
from safehaven.render.notebook import answer_cell_id, answer_names, answer_source
from tests.mini_course import spoil

COURSE = find_course(Path(__file__))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    output = tmp_path_factory.mktemp("papers")
    names = ["quiz-07", "diagnostic"]
    return write_papers(COURSE, names, "2027-spring", get_args(Target), output)


def test_each_target_gets_every_question(written):
    assert [path.name for _, path in written] == [
        "quiz-07.ipynb",
        "quiz-07-canvas.zip",
        "quiz-07-moodle.xml",
        "diagnostic.ipynb",
        "diagnostic-canvas.zip",
        "diagnostic-moodle.xml",
    ]
    for paper, path in written:
        text = content(path)
        for question in paper.questions:
            assert question.id in text or question.id.replace(".", "-") in text


def test_a_notebook_has_the_points_of_its_blueprint(written):
    for paper, path in written:
        if path.suffix == ".ipynb":
            notebook = nbformat.read(path, as_version=4)
            points = [c.metadata.nbgrader.get("points", 0) for c in notebook.cells]
            assert sum(points) == sum(paper.points.values()) == paper.blueprint.count


def content(path: Path) -> str:
    """All that stands in a file, its entities resolved, those of HTML in XML too."""
    if path.suffix != ".zip":
        return html.unescape(path.read_text(encoding="utf-8"))
    with zipfile.ZipFile(path) as opened:
        inside = b"".join(map(opened.read, opened.namelist())).decode()
    return html.unescape(html.unescape(inside))


def test_a_diagnostic_for_an_lms_names_a_lesson_in_the_feedback_of_each_question(written):
    for paper, path in written:
        if paper.name == "diagnostic" and path.suffix != ".ipynb":
            named = re.findall(r"Lesson (\d+), .{5,60}: begin with this lesson", content(path))
            assert set(named) == {str(n) for n in range(1, 13)}


def test_who_has_read_nothing_is_not_told_to_reread(written):
    for paper, path in written:
        assert ("Reread" in content(path)) == (paper.name != "diagnostic")


@pytest.fixture(scope="module")
def graded_diagnostic(written, tmp_path_factory):
    """The feedback for a student who knows all but lessons 3 and 7, graded by stock nbgrader."""
    course = CourseFolders(tmp_path_factory.mktemp("course"))
    shutil.copyfile(COURSE.root / MARKER, course.root / MARKER)
    paper, path = next((p, f) for p, f in written if f.name == "diagnostic.ipynb")
    source = course.solutions / "diagnostic" / "diagnostic.ipynb"
    source.parent.mkdir(parents=True)
    shutil.copyfile(path, source)
    with contextlib.chdir(course.root):
        api = nbgrader_api(course)
        assert api.generate_assignment("diagnostic")["success"]
        release = nbformat.read(course.exercises / "diagnostic/diagnostic.ipynb", as_version=4)
        handed_in = course.root / "submitted/student-01/diagnostic/diagnostic.ipynb"
        handed_in.parent.mkdir(parents=True)
        nbformat.write(answered(release, paper), handed_in)
        assert api.autograde("diagnostic", "student-01")["success"]
        assert api.generate_feedback("diagnostic", "student-01")["success"]
    feedback = course.root / "feedback/student-01/diagnostic/diagnostic.html"
    return release, feedback.read_text(encoding="utf-8")


def answered(release: nbformat.NotebookNode, paper: Paper) -> nbformat.NotebookNode:
    names = answer_names(paper.questions)
    answers = {
        answer_cell_id(question): answer_source(
            shown, {3: "blank", 7: "wrong"}.get(question.lesson, "right"), name=names[question.id]
        )
        for shown in paper.shown
        for question in [shown.question]
    }
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    return notebook


def test_the_feedback_on_a_diagnostic_says_with_which_lessons_to_begin(graded_diagnostic):
    release, feedback = graded_diagnostic
    titles = {lesson.number: lesson.head.title for lesson in read_lessons(COURSE.book)[0]}
    _, _, last = html.unescape(feedback).partition("<li>Begin with:</li>")
    begin = re.findall(r"<li>- (.*)</li>", last)
    assert begin == [f"Lesson {n}, '{titles[n]}'" for n in (3, 7)]
    assert "<strong>13</strong> of 15" in feedback
    assert "\n" not in release.cells[-1].source, "more than the comment: it may hold keys"


def test_the_same_class_gets_the_same_files(written, tmp_path):
    again = write_papers(COURSE, ["quiz-07"], "2027-spring", ["notebook", "moodle"], tmp_path)
    first = {path.name: path.read_bytes() for _, path in written}
    for _, path in again:
        assert path.read_bytes() == first[path.name]


def test_another_class_gets_another_paper(written, tmp_path):
    ((other, path),) = write_papers(COURSE, ["quiz-07"], "2027-autumn", output=tmp_path)
    first, at = written[0]
    assert path.read_bytes() != at.read_bytes()
    assert other.weight["levels"] == first.weight["levels"]


@pytest.mark.parametrize("name", ["", "a b", "../x", ".hidden", "Größe"])
def test_a_class_must_be_able_to_name_a_folder(name):
    with pytest.raises(CourseError, match="Remedy: Use letters"):
        try:
            write_papers(COURSE, ["quiz-07"], name)
        except CourseError as error:
            raise CourseError(str(error), file="x", remedy="x") from error


def test_every_blueprint_is_described():
    lines = describe_all(COURSE)
    assert len(lines) == 15
    assert "quiz-07: 10 questions, 10 points; analyse 3, apply 2, recall 2, understand 3" in lines


def test_the_verbs(monkeypatch, tmp_path):
    monkeypatch.chdir(COURSE.root)
    listed = CliRunner().invoke(main, ["quiz", "list"])
    assert listed.exit_code == 0
    assert "final: 40 questions, 40 points" in listed.output
    options = ["--cohort", "x", "--to", "moodle", "--to", "notebook", "--output", str(tmp_path)]
    drawn = CliRunner().invoke(main, ["quiz", "draw", "quiz-01", "quiz-02", *options])
    assert drawn.exit_code == 0, drawn.output
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [
        "quiz-01-moodle.xml",
        "quiz-01.ipynb",
        "quiz-02-moodle.xml",
        "quiz-02.ipynb",
    ]
    unknown = CliRunner().invoke(main, ["quiz", "draw", "quiz-99", "--cohort", "x"])
    assert unknown.exit_code == 1
    assert "Remedy: Use one of: diagnostic, final" in unknown.output


def test_without_a_folder_papers_go_where_nbgrader_looks(mini_course, monkeypatch):
    folder = mini_course.assessments / "blueprints"
    folder.mkdir()
    (folder / "small.yaml").write_text(
        "title: Small\npools:\n  - {lessons: [1], use: practice, count: 1}\n", encoding="utf-8"
    )
    monkeypatch.chdir(mini_course.root)
    found = write_papers(mini_course, [], "2027-spring", get_args(Target))
    private = mini_course.root / "private" / "2027-spring"
    assert [path for _, path in found] == [
        private / "solutions" / "small" / "small.ipynb",
        private / "small-canvas.zip",
        private / "small-moodle.xml",
    ]
    assert all(path.is_file() for _, path in found)


# The quizzes that the course hands out itself ---------------------------------------------------


def test_the_course_hands_out_a_quiz_of_ten_for_each_lesson():
    quizzes = course_quizzes(COURSE)
    assert [paper.name for paper in quizzes] == [f"quiz-{n:02d}" for n in range(1, 13)]
    for number, paper in enumerate(quizzes, start=1):
        assert len({question.id for question in paper.questions}) == 10
        assert {(q.lesson, q.use) for q in paper.questions} == {(number, "graded")}


def test_a_quiz_of_the_course_is_the_paper_of_the_class_named_course(mini_course, tmp_path):
    small_blueprint(mini_course, "quiz-01", use="graded")
    small_blueprint(mini_course, "quiz-02")  # no lesson has this number
    small_blueprint(mini_course, "spare")
    (quiz,) = write_quizzes(mini_course)
    assert quiz == mini_course.solutions / "quiz-01" / "quiz-01.ipynb"
    ((_, drawn),) = write_papers(mini_course, ["quiz-01"], "course", output=tmp_path / "out")
    assert quiz.read_bytes() == drawn.read_bytes()


def small_blueprint(course: CourseFolders, name: str, use: str = "practice") -> None:
    file = course.assessments / "blueprints" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    pool = f"{{lessons: [1], use: {use}, count: 2}}"
    file.write_text(f"title: Small\npools:\n  - {pool}\n", encoding="utf-8")


# An instructor's own questions, and mistakes in them --------------------------------------------

OWN = """\
lesson: 1
use: graded
questions:
  - id: L01.g50
    kind: single
    objective: L01.1
    level: recall
    stem: On which river does the old town lie?
    options:
      - text: The Kabul River
        right: true
      - text: The Helmand
        feedback: It flows south-west.
      - text: The Hari River
        feedback: It flows past Herat.
    why: The river crosses the city.
    source: [{key: work}]
  - id: L01.g51
    kind: numeric
    objective: L01.1
    level: recall
    stem: A river falls {a} metres on 2 kilometres. How much is that for each kilometre?
    formula: a / 2
    parameters:
      a: {from: 100, to: 300, step: 2}
    tolerance: 0
    unit: metres
    traps:
      - answer: 1
        feedback: This is the number of metres in a metre.
    why: Divide the fall by the length.
    source: [{key: work}]
"""


@pytest.fixture
def own(mini_course, monkeypatch):
    """A course of five graded questions, two of them an instructor's own, and a quiz of all."""
    file = mini_course.root / "private/questions/graded/01-yours.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(OWN, encoding="utf-8")
    small_blueprint(mini_course, "quiz-01", use="graded")
    spoil(mini_course.assessments / "blueprints/quiz-01.yaml", "count: 2", "count: 5")
    monkeypatch.chdir(mini_course.root)
    return file


def test_private_questions_join_the_papers_of_a_class_with_numbers_of_its_own(own, tmp_path):
    stems = set()
    for cohort in ("2027-spring", "2027-autumn"):
        ((paper, path),) = write_papers(
            CourseFolders(own.parents[3]), ["quiz-01"], cohort, output=tmp_path / cohort
        )
        assert {"L01.g50", "L01.g51"} < {question.id for question in paper.questions}
        (stem,) = re.findall(r"falls \d+ metres", path.read_text(encoding="utf-8"))
        stems.add(stem)
    assert len(stems) == 2


@pytest.mark.parametrize("command", [["quiz", "draw", "quiz-01", "--cohort", "x"], ["derive"]])
@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("feedback: It flows past Herat.", "right: true"), 4, "exactly one right option, here 2"),
        (("    options:\n", "    answer: The Nile\n    options:\n"), 4, "'The Nile' stands apart"),
        (("id: L01.g51", "id: L01.g50"), 18, "The id L01.g50 is taken at 01-yours.yaml:4"),
        (("id: L01.g51", "id: L01.g01"), 18, "The id L01.g01 is taken at 01-small.yaml:4"),
        (("formula: a / 2", "formula: a / (a - 100)"), 23, "cannot be computed"),
        (("        feedback: It flows south-west.\n", ""), 12, "'The Helmand' has no feedback"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(own, command, change, line, words):
    course = CourseFolders(own.parents[3])
    if command == ["derive"]:  # which leaves private questions alone
        own = own.rename(course.assessments / "graded" / own.name)
    spoil(own, *change)
    before = tree(course.root)
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    place = next(text for text in done.output.splitlines() if words in text)
    assert f"{own.name}:{line}: " in place
    assert "Remedy: " in place
    assert tree(course.root) == before


def test_one_blueprint_that_cannot_be_drawn_keeps_all_from_being_written(own):
    course = CourseFolders(own.parents[3])
    small_blueprint(course, "quiz-02", use="graded")
    spoil(course.assessments / "blueprints/quiz-02.yaml", "count: 2", "count: 9")
    before = tree(course.root)
    options = ["--cohort", "x", "--to", "notebook", "--to", "qti", "--to", "moodle"]
    done = CliRunner().invoke(main, ["quiz", "draw", "quiz-01", "quiz-02", *options])
    assert done.exit_code == 1
    assert "quiz-02.yaml:3: quiz-02: 9 graded questions of lesson 1 are asked for" in done.output
    assert tree(course.root) == before


def tree(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
