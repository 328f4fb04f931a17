"""A class of 200 whose abilities are known, in a real gradebook, with planted good and bad items.

nbgrader makes the assignments and keeps the marks. The marks of the quiz come from its own test
cells, run on what each student answered; no kernel is started, so it takes seconds.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import random
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from safehaven.assignments.stock import nbgrader_api
from safehaven.bank import Presented, Question, present
from safehaven.bank.load import read_bank_file
from safehaven.bank.model import SingleChoice
from safehaven.folders import MARKER, CourseFolders, find_course
from safehaven.grading.class_report import class_report
from safehaven.render.notebook import (
    answer_names,
    answer_source,
    notebook_text,
    test_cell_id,
)

ROOT = find_course(Path(__file__)).root
QUIZ, TASKS, SEED = "quiz-07", "ex07-sums", "quiz-07/simulated"
SIZE = 200
#: The planted items: a wrong key, one that all get right, one that all guess.
WRONG_KEY, EASY, GUESSED = "L07-g02", "L07-g05", "L07-g03"
HOSTILE = '=cmd|"/c calc"!A1<script>document.title=1</script>'
DUE = datetime(2026, 10, 16, 22, 0)
#: Every fourth does the exercise; of these, the weakest left the written answer blank.
STEP, BLANK_BY_HAND = 4, 15


@dataclass
class Simulated:
    """The class and the truth about it.

    Attributes:
        root: its folder.
        students: those whose work was graded, best ability last.
        true_key: the letter that is really right in the question with the wrong key.
        letters: for each question with options, what each student picked; None is a blank.
        points: for each question, the points of each student by its own test cell.
        tasks: for each cell of the exercise, the points of each who did it; None waits.
        out: the folder of the report.
        data: the report as JSON.
    """

    root: Path
    students: list[str]
    true_key: str
    letters: dict[str, list[str | None]] = field(default_factory=dict)
    points: dict[str, list[float]] = field(default_factory=dict)
    tasks: dict[str, list[float | None]] = field(default_factory=dict)
    out: Path = Path()
    data: dict[str, Any] = field(default_factory=dict)

    def item(self, name: str) -> dict[str, Any]:
        """An item of the report."""
        return next(
            i for test in self.data["assignments"] for i in test["items"] if i["name"] == name
        )

    def test(self, name: str) -> dict[str, Any]:
        """An assignment of the report."""
        return next(test for test in self.data["assignments"] if test["name"] == name)


def simulated_class(root: Path) -> Simulated:
    """Make the class, and write its report."""
    shutil.copyfile(ROOT / MARKER, _folder(root) / MARKER)
    rng = random.Random(7)
    questions, true_key = _questions()
    made = Simulated(root, [f"student-{n:03d}" for n in range(SIZE)], true_key)
    abilities = sorted(rng.gauss(0, 1) for _ in made.students)
    _generate(root, QUIZ, notebook_text(questions, title="Quiz 7", seed=SEED))
    _generate(root, TASKS, nbformat.writes(_exercise()))
    _answer(made, questions, abilities, rng)
    _do_tasks(made, abilities, rng)
    _fill_gradebook(made)
    _leave_some_out(root)
    made.out = root / "report"
    class_report(root, output=made.out, course=ROOT)
    made.data = json.loads((made.out / "class-report.json").read_text(encoding="utf-8"))
    return made


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _questions() -> tuple[list[Question], str]:
    """The graded questions of lesson 7, one with a wrong key; the letter of the true one."""
    file = next((CourseFolders(ROOT).assessments / "graded").glob("07-*.yaml"))
    questions = [entry.question for entry in read_bank_file(file, "graded")[0]][:12]
    place = next(i for i, q in enumerate(questions) if q.id.replace(".", "-") == WRONG_KEY)
    spoilt = questions[place]
    assert isinstance(spoilt, SingleChoice)
    true = next(iter(present(spoilt, SEED).key))
    data = spoilt.model_dump()
    right = next(option for option in data["options"] if option["right"])
    wrong = next(option for option in data["options"] if not option["right"])
    right.update(right=False, feedback="It is taken for right.")
    wrong["right"] = True
    questions[place] = SingleChoice.model_validate(data)
    return questions, str(true)


def _exercise() -> nbformat.NotebookNode:
    """A task with two checks, and an answer that a person marks."""
    cells = [
        new_markdown_cell("## Task 1"),
        _cell("total", "### BEGIN SOLUTION\ntotal = sum\n### END SOLUTION", solution=True),
        _cell("total-a", "assert total([]) == 0", grade=True, locked=True, points=1),
        _cell("total-b", "assert total([3, 4]) == 7", grade=True, locked=True, points=2),
        _cell("first", "### BEGIN SOLUTION\nfirst = 1\n### END SOLUTION", solution=True),
        _cell("first-a", "assert first == 1", grade=True, locked=True, points=2),
        _cell("why", "Because.", grade=True, solution=True, points=3),
    ]
    told = {"tasks": {"total": "L07.4", "first": "L07.4", "why": "L07.2"}}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "safehaven": told})


def _cell(name: str, source: str, **kinds: object) -> nbformat.NotebookNode:
    about = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    new = new_markdown_cell if name == "why" else new_code_cell
    return new(source, id=name, metadata={"nbgrader": about | {"grade_id": name} | kinds})


def _generate(root: Path, name: str, notebook: str) -> None:
    (_folder(root / "solutions" / name) / f"{name}.ipynb").write_text(notebook, encoding="utf-8")
    result = nbgrader_api(CourseFolders(root)).generate_assignment(name)
    assert result["success"], result


# --- what the students do ---------------------------------------------------------------------


def _answer(
    made: Simulated, questions: list[Question], abilities: list[float], rng: random.Random
) -> None:
    """Let each student answer, mark it by the test cells, and write the graded notebook."""
    shown = [present(question, SEED) for question in questions]
    names = answer_names(questions)
    source = json.loads((made.root / "solutions" / QUIZ / f"{QUIZ}.ipynb").read_text("utf-8"))
    tests = {q.id: _compiled(source, test_cell_id(q)) for q in questions}
    for student, ability in zip(made.students, abilities, strict=True):
        outputs, answers = {}, {}
        for number, presented in enumerate(shown):
            question, name = presented.question, names[presented.question.id]
            code = _answered(made, presented, name, ability - (number % 5 - 2) / 2, rng)
            answers[question.id.replace(".", "-")] = code
            printed, points = _run(tests[question.id], code)
            made.points.setdefault(question.id.replace(".", "-"), []).append(points)
            outputs[test_cell_id(question)] = printed
        _write_graded(made.root, student, source, answers, outputs)


def _answered(
    made: Simulated, presented: Presented, name: str, advantage: float, rng: random.Random
) -> str:
    """The source of an answer's cell. What is planted does not follow ability."""
    item = presented.question.id.replace(".", "-")
    knows = rng.random() < 1 / (1 + exp(-1.8 * advantage))
    if isinstance(presented.question, SingleChoice):
        true = made.true_key if item == WRONG_KEY else next(iter(presented.key))
        others = [letter for letter in presented.letters if letter != true]
        letter: str | None = true if knows else rng.choice([*others, others[0]])
        if item == GUESSED:
            letter = rng.choice(list(presented.letters))
        elif item == EASY:
            letter = true
        elif rng.random() < 0.02:
            letter = None
        made.letters.setdefault(item, []).append(letter)
        return f"{name} = {letter!r}"
    how = "right" if knows else rng.choice(["half", "wrong", "wrong", "blank"])
    return answer_source(presented, how, name=name)  # type: ignore[arg-type]


def _compiled(notebook: dict[str, Any], cell_id: str) -> tuple[CodeType, CodeType]:
    """A test cell: all but its last line, and the expression that gives the points."""
    cell = next(c for c in notebook["cells"] if c["id"] == cell_id)
    tree = ast.parse("".join(cell["source"]))
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    return compile(tree, cell_id, "exec"), compile(ast.Expression(last.value), cell_id, "eval")


def _run(test: tuple[CodeType, CodeType], answer: str) -> tuple[str, float]:
    names: dict[str, Any] = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(answer, names)
        exec(test[0], names)
        points = float(eval(test[1], names))
    return printed.getvalue(), points


def _write_graded(
    root: Path,
    student: str,
    source: dict[str, Any],
    answers: dict[str, str],
    outputs: dict[str, str],
) -> None:
    cells = []
    for cell in source["cells"]:
        new = dict(cell)
        if cell["id"] in answers:
            new["source"] = answers[cell["id"]]
        if cell["id"] in outputs:
            text = outputs[cell["id"]]
            new["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
        cells.append(new)
    folder = _folder(root / "autograded" / student / QUIZ)
    (folder / f"{QUIZ}.ipynb").write_text(json.dumps(source | {"cells": cells}), encoding="utf-8")


def _do_tasks(made: Simulated, abilities: list[float], rng: random.Random) -> None:
    for number, ability in enumerate(abilities[::STEP]):
        knows = rng.random() < 1 / (1 + exp(-2 * ability))
        also = rng.random() < 1 / (1 + exp(-2 * ability - 1))
        marks: dict[str, float | None] = {
            "total-a": float(also),
            "total-b": 2.0 * (knows and also),
            "first-a": 2.0 * (rng.random() < 1 / (1 + exp(-ability))),
            # Only the blank ones have their marks: nbgrader gives them 0 by itself.
            "why": 0.0 if number < BLANK_BY_HAND else None,
        }
        for cell, points in marks.items():
            made.tasks.setdefault(cell, []).append(points)


# --- the gradebook ----------------------------------------------------------------------------


def _fill_gradebook(made: Simulated) -> None:
    api = nbgrader_api(CourseFolders(made.root))
    with api.gradebook as gradebook:
        for student in made.students:
            gradebook.update_or_create_student(student)
        for name, marks, step in ((QUIZ, _by_cell(made), 1), (TASKS, made.tasks, STEP)):
            gradebook.update_or_create_assignment(name, duedate=DUE)
            for number, student in enumerate(made.students[::step]):
                late = timedelta(hours=1 if number % 20 == 0 else -number / 10)
                work = gradebook.add_submission(name, student, timestamp=DUE + late)
                for grade in work.notebooks[0].grades:
                    points = marks[grade.name][number]
                    grade.auto_score = points
                    grade.needs_manual_grade = points is None
            gradebook.db.commit()
        gradebook.update_or_create_student(made.students[3], first_name=HOSTILE, last_name="X")


def _by_cell(made: Simulated) -> dict[str, list[float | None]]:
    return {f"{name}-points": list(points) for name, points in made.points.items()}


def _leave_some_out(root: Path) -> None:
    """Five hand nothing in, two cannot be graded, one has tampered: none of them is a zero."""
    outcomes = [{"student": f"z-missing-{n}", "status": "missing"} for n in range(5)]
    outcomes += [{"student": f"z-broken-{n}", "status": "ungradable"} for n in range(2)]
    outcomes += [{"student": "z-tampered", "status": "tampered"}]
    with nbgrader_api(CourseFolders(root)).gradebook as gradebook:
        for outcome in outcomes:
            gradebook.update_or_create_student(outcome["student"])
            if outcome["status"] != "missing":
                work = gradebook.add_submission(QUIZ, outcome["student"])
                for grade in work.notebooks[0].grades:
                    grade.auto_score = 0.0 if outcome["status"] == "tampered" else None
                    grade.needs_manual_grade = grade.auto_score is None
        gradebook.db.commit()
    folder = _folder(root / "grading" / QUIZ)
    told = {"outcomes": [outcome | {"assignment": QUIZ} for outcome in outcomes]}
    (folder / "grading-report.json").write_text(json.dumps(told), encoding="utf-8")
