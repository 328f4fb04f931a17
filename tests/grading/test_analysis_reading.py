"""What is read from notebooks and gradebooks: questions, foreign courses, hostile files."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from safehaven.assignments.stock import nbgrader_api
from safehaven.bank.load import read_bank_file
from safehaven.bank.present import present
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders, find_course
from safehaven.grading.analysis import analyse
from safehaven.grading.analysis.answers import Answer, answers_of
from safehaven.grading.analysis.choices import choices
from safehaven.grading.analysis.material import read_material
from safehaven.grading.analysis.model import Assignment, Sitting
from safehaven.grading.analysis.pace import pace
from safehaven.grading.analysis.quiz import read_question
from safehaven.grading.class_report import class_report
from safehaven.render.answers import score_answer
from safehaven.render.notebook import (
    HOWS,
    answer_cell_id,
    answer_names,
    answer_source,
    quiz_notebook,
)
from safehaven.render.notebook import (
    test_cell_id as points_cell_id,
)
from tests.grading.run_class import ASSIGNMENT, make_course

ROOT = find_course(Path(__file__)).root
FILES = sorted((CourseFolders(ROOT).assessments / "graded").glob("*.yaml"))


def questions_of(file):
    return [entry.question for entry in read_bank_file(file, "graded")[0]]


def sources_of(questions, seed="seed"):
    notebook = quiz_notebook(questions, title="Quiz", seed=seed)
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in notebook.cells}


@pytest.mark.parametrize("file", FILES[::4], ids=lambda file: file.stem)
def test_every_question_of_the_bank_is_read_back_from_its_cells(file):
    questions = questions_of(file)
    sources, names = sources_of(questions), answer_names(questions)
    for question in questions:
        shown = present(question, "seed")
        read = read_question(points_cell_id(question), sources)
        assert read is not None, question.id
        assert (read.bank_id, read.kind) == (question.id, question.kind)
        assert read.variable == names[question.id]
        assert list(read.entries) == list(shown.entries)
        assert read.advice
        key = shown.key
        expected = sorted(key) if isinstance(key, frozenset) else key
        assert read.right == (list(expected) if isinstance(expected, tuple) else expected)


@pytest.mark.parametrize("file", FILES[1::4], ids=lambda file: file.stem)
def test_right_answers_are_counted_as_right_and_wrong_ones_not(file):
    questions = questions_of(file)
    sources = sources_of(questions)
    for question in questions:
        shown = present(question, "seed")
        read = read_question(points_cell_id(question), sources)
        for how in HOWS:
            value = eval(answer_source(shown, how).partition(" = ")[2])  # the test's own source
            said = read.read(value)
            answer = Answer("read", said) if value is not None else Answer("blank")
            made = [c for c in choices(read, [answer], None) if c.count]
            all_right = bool(made) and all(c.is_right for c in made)
            if score_answer(shown, value) == 1:
                assert all_right, (question.id, how)
            elif question.kind != "multiple":  # half of several right ones is right so far
                assert not all_right, (question.id, how)


def test_an_entry_that_belongs_nowhere_shows_its_own_misunderstanding():
    question = next(
        q for file in FILES for q in questions_of(file) if q.kind == "matching" and q.extra
    )
    read = read_question(points_cell_id(question), sources_of([question]))
    letters = {text: letter for letter, text in present(question, "seed").entries.items()}
    answer = {1: letters[question.extra[0].text], 2: letters[question.pairs[0].right]}
    said = choices(read, [Answer("read", read.read(answer))], None)
    shown = {choice.mark: choice.misconception for choice in said if choice.count}
    assert list(shown.values()) == [question.extra[0].feedback, question.pairs[1].feedback]


def test_a_cell_that_an_instructor_has_written_anew_is_no_question():
    questions = questions_of(FILES[0])[:1]
    cell = points_cell_id(questions[0])
    sources = sources_of(questions)
    for source in ("assert answer_g01 == 3", "this is not Python", "", "answer = [1]"):
        assert read_question(cell, sources | {cell: source}) is None
    assert read_question("task-1-points", {"task-1-points": "1"}) is None


# --- graded notebooks -------------------------------------------------------------------------


@pytest.fixture
def single():
    question = next(q for q in questions_of(FILES[0]) if q.kind == "single")
    return question, read_question(points_cell_id(question), sources_of([question]))


def notebook(tmp_path, *cells):
    file = tmp_path / "quiz.ipynb"
    file.write_text(json.dumps({"cells": list(cells)}), encoding="utf-8")
    return file


def graded_cell(question, *lines):
    outputs = [{"output_type": "stream", "name": "stdout", "text": list(lines)}]
    about = {"nbgrader": {"grade_id": points_cell_id(question)}}
    return {"cell_type": "code", "metadata": about, "source": "", "outputs": outputs}


def own_cell(source):
    return {"cell_type": "code", "metadata": {}, "source": source}


def test_what_the_check_has_read_counts(single, tmp_path):
    question, read = single
    name = read.variable
    file = notebook(
        tmp_path, own_cell(f"{name} = 'A'"), graded_cell(question, f"{name} is read as: B\n")
    )
    assert answers_of(file, [read]) == {read.name: Answer("read", ["B"])}


@pytest.mark.parametrize(
    ("source", "lines", "expected"),
    [
        ("{} = 'c'", [], Answer("read", ["C"])),
        ("{0} = 'A'\n{0} = ['d']", [], Answer("read", ["D"])),
        ("{} = chr(65)", [], Answer("blank")),  # it is not run
        ("{} = 'A and B'", [], Answer("unreadable")),
        ("{} = (", [], Answer("blank")),
        ("{} = 'A'", ["{} is still empty: it should be …\n"], Answer("blank")),
        ("{} = 'A'", ["{} cannot be read: it should be …\n"], Answer("unreadable")),
        ("{} = 'A'", ["{} is read as: Z\n"], Answer("unreadable")),
    ],
)
def test_without_the_output_the_plain_value_counts(single, tmp_path, source, lines, expected):
    question, read = single
    source = source.format(read.variable)
    said = [line.format(read.variable) for line in lines]
    file = notebook(tmp_path, own_cell(source), graded_cell(question, *said))
    assert answers_of(file, [read]) == {read.name: expected}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"cells": 3}', '{"cells": [1, null, {}]}', "\ud800", "[" * 5000],
)
def test_a_broken_notebook_holds_no_answers(single, tmp_path, text):
    file = tmp_path / "quiz.ipynb"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert answers_of(file, [single[1]]) == {}
    assert answers_of(tmp_path / "not-there.ipynb", [single[1]]) == {}


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "metadata": None, "source": None, "outputs": 3},
        {"cell_type": "code", "metadata": {"nbgrader": []}, "source": ["answer_g01 = ", 1]},
        {"cell_type": "code", "source": "answer_g01 = " + "(" * 3000, "outputs": [None, 1]},
    ],
)
def test_odd_cells_do_no_harm(single, tmp_path, cell):
    question, read = single
    file = notebook(tmp_path, cell, graded_cell(question, f"{read.variable} is read as: A"))
    assert answers_of(file, [read]) == {read.name: Answer("read", ["A"])}


def test_cells_have_the_names_that_the_notebook_gives_them(single):
    question, read = single
    assert read.name == answer_cell_id(question)


# --- a foreign course -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """An nbgrader course of another kind, with marks of ten students, by test and by hand."""
    root = make_course(tmp_path_factory.mktemp("foreign") / "course")
    with nbgrader_api(CourseFolders(root)).gradebook as gradebook:
        for number in range(10):
            gradebook.add_student(f"s{number}")
            work = gradebook.add_submission(ASSIGNMENT, f"s{number}")
            for grade in work.notebooks[0].grades:
                grade.auto_score = None if grade.name == "why" else grade.max_score * (number > 3)
                if grade.name == "why":
                    grade.manual_score = number % 4
                elif grade.name == "test-two" and number == 0:
                    grade.manual_score = 2  # a person has overruled the test
                grade.extra_credit = 5 if number == 9 else None
                grade.needs_manual_grade = False
        gradebook.db.commit()
    return root


def test_a_foreign_course_is_analysed_without_a_bank(foreign):
    result = analyse(foreign)
    (made,) = result.tests
    assert [r.item.name for r in made.items] == ["total", "why"]
    assert [r.item.maximum for r in made.items] == [3, 3]
    assert [r.item.by_hand for r in made.items] == [False, True]
    assert made.items[0].difficulty.value == pytest.approx((6 * 3 + 2) / 30)
    # The marks by hand are 0 1 2 3 0 1 2 3 0 1; extra credit is not counted.
    assert made.items[1].difficulty.value == pytest.approx(13 / 30)
    assert all(not r.choices for r in made.items)
    assert result.objectives == ()
    assert [student.reread for student in result.students] == [()] * 10


def test_a_gradebook_can_lie_elsewhere(foreign):
    address = f"sqlite:///{foreign}/gradebook.db"
    assert analyse(foreign, [ASSIGNMENT], db=address) == analyse(foreign)


def test_a_gradebook_that_is_none_is_named(foreign, tmp_path):
    (tmp_path / "gradebook.db").write_bytes(b"this is no database, but long enough for one")
    with pytest.raises(CourseError, match="gradebook"):
        analyse(foreign, db=f"sqlite:///{tmp_path}/gradebook.db")


def test_what_is_no_number_waits_for_a_person(foreign, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(foreign, root)
    with nbgrader_api(CourseFolders(root)).gradebook as gradebook:
        gradebook.find_grade("test-two", ASSIGNMENT, ASSIGNMENT, "s8").auto_score = float("inf")
        gradebook.db.commit()
    class_report(root, output=tmp_path / "out")
    (made,) = json.loads((tmp_path / "out" / "class-report.json").read_text())["assignments"]
    assert (made["items"][0]["marked"], made["items"][0]["waiting"]) == (9, 1)
    assert made["items"][0]["difficulty"] is None
    assert made["items_in_total"] == 1


def test_a_folder_of_a_class_finds_the_course_above_it(tmp_path):
    question = questions_of(FILES[0])[0]
    found = read_material(ROOT / "private" / "2027-spring", {question.id})
    assert found.questions[question.id] == question.objective
    assert found.aims[question.objective].lesson == question.lesson
    assert read_material(tmp_path, {question.id}).questions == {}


# --- when and how often -----------------------------------------------------------------------


def assignment(*sittings):
    return Assignment("ex01", (), sittings, datetime(2026, 10, 16, 22, 0))


def sitting(student, hour, late):
    return Sitting(student, "graded", (), datetime(2026, 10, 16, hour, 0), late)


def test_handing_in_is_counted_from_the_due_date(tmp_path):
    found = pace(assignment(sitting("a", 20, 0.0), sitting("b", 23, 3600.0)), tmp_path, None)
    assert (found.handed_in, found.late, found.hours_before) == (2, 1, (2.0,))
    assert found.minutes == {} == found.attempts


def test_minutes_come_from_the_times_of_cells_without_pauses(tmp_path):
    moments = ["10:00:00", "10:05:00", "10:15:00", "12:00:00", "12:01:00"]
    cells = [
        {"metadata": {"execution": {"iopub.execute_input": f"2026-10-16T{m}.5Z"}}} for m in moments
    ]
    odd = [{"metadata": {"execution": {"iopub.execute_input": 3}}}, {"metadata": {}}]
    folder = tmp_path / "a" / "ex01"
    folder.mkdir(parents=True)
    notebook(folder, *cells, *odd)
    (tmp_path / "b" / "ex01").mkdir(parents=True)
    (tmp_path / "b" / "ex01" / "broken.ipynb").write_text("{", encoding="utf-8")
    found = pace(assignment(sitting("a", 20, 0.0), sitting("b", 20, 0.0)), tmp_path, None)
    assert found.minutes == {"a": pytest.approx(16)}


def test_the_exchange_tells_how_often_work_was_handed_in(tmp_path):
    for name in (
        "a+ex01+2026-10-01 10:00:00 UTC+x",
        "a+ex01+2026-10-02 10:00:00 UTC+y",
        "b+ex01+2026-10-01 10:00:00 UTC",
        "a+ex02+2026-10-01 10:00:00 UTC",
        "odd",
    ):
        (tmp_path / name).mkdir()
    found = pace(assignment(), tmp_path, tmp_path)
    assert found.attempts == {"a": 2, "b": 1}
