"""Papers of a class, written for each target and read back from there."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from safehaven.assignments.papers import TARGETS, describe_all, write_papers
from safehaven.cli import main
from safehaven.errors import CourseError
from safehaven.folders import find_course

COURSE = find_course(Path(__file__))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    output = tmp_path_factory.mktemp("papers")
    names = ["quiz-07", "diagnostic"]
    return write_papers(COURSE, names, "2027-spring", TARGETS, output)


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
        content = path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                content = b"".join(map(opened.read, opened.namelist()))
        text = content.decode()
        for question in paper.questions:
            assert question.id in text or question.id.replace(".", "-") in text


def test_a_notebook_has_the_points_of_its_blueprint(written):
    for paper, path in written:
        if path.suffix == ".ipynb":
            notebook = nbformat.read(path, as_version=4)
            points = [c.metadata.nbgrader.get("points", 0) for c in notebook.cells]
            assert sum(points) == sum(paper.points.values()) == paper.blueprint.count


def test_the_diagnostic_names_a_lesson_in_the_feedback_of_each_question(written):
    for paper, path in written:
        if paper.name == "diagnostic" and path.suffix != ".zip":
            text = path.read_text(encoding="utf-8")
            named = set(re.findall(r"Lesson (\d+), .{5,60}: begin with this lesson", text))
            assert named == {str(n) for n in range(1, 13)}


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
    found = write_papers(mini_course, [], "2027-spring", TARGETS)
    private = mini_course.root / "private" / "2027-spring"
    assert [path for _, path in found] == [
        private / "solutions" / "small" / "small.ipynb",
        private / "small-canvas.zip",
        private / "small-moodle.xml",
    ]
    assert all(path.is_file() for _, path in found)
