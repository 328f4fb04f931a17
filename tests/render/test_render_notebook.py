"""The quiz notebook, alone and through nbgrader itself."""

import ast
import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import nbformat
import pytest
from geography import questions

from safehaven.bank import present
from safehaven.bank.model import Question
from safehaven.render.answers import score_answer
from safehaven.render.notebook import (
    BEGIN_WITH,
    HOWS,
    answer_cell_id,
    answer_names,
    answer_source,
    expected_score,
    notebook_text,
    quiz_notebook,
    test_cell_id,
)

# pytest would take an imported function of this name for a test.
points_cell_id = test_cell_id
del test_cell_id

QUIZ = questions("graded")
POINTS = {question.id: 1 + i / 2 for i, question in enumerate(QUIZ)}
ADVICE = {"L01.1": "Reread: lesson 1, section 'Borders' (Name the neighbours of Afghanistan)"}
TITLE = "Quiz 1: Geography"
SETTINGS = {"title": TITLE, "seed": "course", "points": POINTS}
SOURCE = quiz_notebook(QUIZ, **SETTINGS, advice=ADVICE)
#: What no student may find: marks of the key, and every text shown after answering.
SECRETS = [
    "HIDDEN",
    "SOLUTION",
    "feedback",
    "credit",
    "score_",
    "right =",
    *(question.why for question in QUIZ),
    *(option.feedback for q in QUIZ[:2] for option in q.options if option.feedback),
    *(trap.feedback for q in (QUIZ[2], QUIZ[5]) for trap in q.traps),
    QUIZ[3].feedback,
    *(item.fact for item in QUIZ[3].items),
    *(pair.feedback for pair in QUIZ[4].pairs),
    *QUIZ[5].accept,
]


def cell(notebook, grade_id: str):
    """The cell of a notebook with this grade id."""
    (found,) = (
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )
    return found


def run(source: str, values: dict) -> tuple[object, str]:
    """The value of the last expression and what was printed, as a notebook's cell gives them."""
    *body, last = ast.parse(source).body
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "<cell>", "exec"), values)
        if not isinstance(last, ast.Expr):
            exec(compile(ast.Module([last], []), "<cell>", "exec"), values)
            return None, printed.getvalue()
        result = eval(compile(ast.Expression(last.value), "<cell>", "eval"), values)
    return result, printed.getvalue()


def grade(question: Question, *values: object) -> tuple[object, str]:
    """Points and words for an answer; no value at all stands for a deleted answer cell."""
    name = answer_names([question])[question.id]
    source = cell(SOURCE, points_cell_id(question)).source
    return run(source, dict.fromkeys([name] * len(values), *values))


def presented(question: Question):
    return present(question, "course")


def student_answers(how: str) -> dict[str, str]:
    return {answer_cell_id(q): answer_source(presented(q), how) for q in QUIZ}


# The notebook by itself -----------------------------------------------------------------------


def test_same_arguments_give_the_same_text():
    first, second = (notebook_text(QUIZ, **SETTINGS) for _ in range(2))
    assert first == second
    nbformat.validate(nbformat.reads(first, as_version=4))


def test_the_seed_changes_the_paper_and_is_not_written_down():
    other = quiz_notebook(QUIZ, **SETTINGS | {"seed": "another-class"}, advice=ADVICE)
    assert [c.source for c in other.cells] != [c.source for c in SOURCE.cells]
    assert "another-class" not in nbformat.writes(other)


def test_every_question_is_a_text_an_answer_cell_and_a_test_cell():
    kinds = [
        (c.cell_type, c.metadata.nbgrader.grade, c.metadata.nbgrader.locked) for c in SOURCE.cells
    ]
    text, answer, test = ("markdown", False, True), ("code", False, False), ("code", True, True)
    assert kinds == [text, *[text, answer, test] * len(QUIZ)]
    for question in QUIZ:
        assert (
            cell(SOURCE, points_cell_id(question)).metadata.nbgrader.points == POINTS[question.id]
        )
        assert (
            f"({POINTS[question.id]:g} point"
            in cell(SOURCE, f"{answer_cell_id(question)}-text").source
        )


def test_a_text_is_shown_as_typed_in_markdown():
    text = cell(SOURCE, "L01-g01-text").source
    assert r"The \<b\>Hari\</b\> River" in text
    assert "The *Kabul River*" in text


def test_questions_of_several_lessons_have_names_of_their_own():
    other = QUIZ[0].model_copy(update={"id": "L02.g01"})
    names = answer_names([QUIZ[0], other])
    assert names == {"L01.g01": "answer_L01_g01", "L02.g01": "answer_L02_g01"}
    assert "answer_L02_g01 = None" in notebook_text([QUIZ[0], other], title="x", seed="x")
    assert answer_source(presented(other), "blank", name=names[other.id]) == "answer_L02_g01 = None"


@pytest.mark.parametrize("wrong", [[], [QUIZ[0], QUIZ[0]]])
def test_an_empty_quiz_or_a_repeated_question_is_refused(wrong):
    with pytest.raises(ValueError, match="at least one question"):
        quiz_notebook(wrong, title="x", seed="x")


# The test cells, in a clean namespace ---------------------------------------------------------


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("question", QUIZ, ids=lambda q: q.kind)
def test_a_simulated_answer_gets_what_is_expected_of_it(question: Question, how: str):
    values: dict = {}
    exec(answer_source(presented(question), how), values)
    points, words = grade(question, values[answer_names([question])[question.id]])
    expected = expected_score(presented(question), how)
    assert points == pytest.approx(POINTS[question.id] * expected, abs=1e-4)
    if how.startswith("right"):
        assert (points, expected) == (POINTS[question.id], 1)
        assert "Right." in words and "Reread" not in words
    if how in ("wrong", "blank"):
        assert points == 0
        assert "Reread" in words
    if how == "half" and question.kind in ("multiple", "ordering", "matching"):
        assert 0 < expected < 1
        assert "Partly right." in words


def letter(question: Question, text: str) -> str:
    return next(key for key, value in presented(question).entries.items() if value == text)


RIGHT = {q.kind: presented(q).key for q in QUIZ}
B1, M, ORDER = sorted(RIGHT["single"])[0], sorted(RIGHT["multiple"]), list(RIGHT["ordering"])
NUMBER = RIGHT["numeric"]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("single", B1.lower()),
        ("single", f" {B1} "),
        ("single", [B1]),
        ("single", {B1}),
        ("single", f"({B1})"),
        ("multiple", set(M)),
        ("multiple", tuple(M[::-1])),
        ("multiple", ", ".join(M)),
        ("multiple", "".join(M)),
        ("multiple", " and ".join(M)),
        ("ordering", tuple(ORDER)),
        ("ordering", " ".join(ORDER)),
        ("ordering", " > ".join(ORDER).lower()),
        ("numeric", NUMBER),
        ("numeric", str(NUMBER)),
        ("numeric", f"{NUMBER} square kilometres"),
        ("numeric", f"{NUMBER + 0.4:.1f}".replace(".", ",")),
        ("matching", {int(k): f" {v.lower()} " for k, v in RIGHT["matching"].items()}),
        ("matching", "; ".join(f"{k}: {v}" for k, v in RIGHT["matching"].items())),
        ("text", "hindu-kush"),
        ("text", "  HINDUKUSH. "),
        ("text", ["Hindu Kush"]),
    ],
)
def test_other_forms_of_a_right_answer_are_right(kind: str, given: object):
    question = next(q for q in QUIZ if q.kind == kind)
    assert score_answer(presented(question), given) == 1
    points, words = grade(question, given)
    assert points == POINTS[question.id]
    assert "is read as" in words


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("single", "AB"),
        ("single", "Kabul"),
        ("single", 2),
        ("multiple", []),
        ("multiple", "Z"),
        ("multiple", ["A", 3]),
        ("multiple", {"A": True}),
        ("ordering", ORDER[:-1]),
        ("ordering", [*ORDER, ORDER[0]]),
        ("ordering", set(ORDER)),
        ("numeric", "about twenty"),
        ("numeric", True),
        ("numeric", float("nan")),
        ("numeric", 10**400),
        ("matching", {}),
        ("matching", {9: "A"}),
        ("matching", ["A"]),
        ("text", ""),
        ("text", 7),
        ("text", "…"),
    ],
)
def test_what_cannot_be_read_gives_no_points_and_the_form_in_words(kind: str, given: object):
    question = next(q for q in QUIZ if q.kind == kind)
    points, words = grade(question, given)
    assert points == 0
    assert "cannot be read: it should be" in words


def test_a_blank_and_a_deleted_answer_cell_give_no_points_and_no_error():
    for question in QUIZ:
        for values in ([None], []):
            points, words = grade(question, *values)
            assert points == 0
            assert "is still empty" in words


def test_full_marks_are_exact_for_any_number_of_points():
    third = quiz_notebook(QUIZ[:1], title="x", seed="course", points=1 / 3)
    points, _ = run(cell(third, "L01-g01-points").source, {"answer_g01": B1})
    assert points == cell(third, "L01-g01-points").metadata.nbgrader.points == 1 / 3


def test_arrays_are_read_as_lists():
    np = pytest.importorskip("numpy")
    assert grade(QUIZ[1], np.array(M))[0] == POINTS[QUIZ[1].id]
    assert grade(QUIZ[2], np.float64(NUMBER))[0] == POINTS[QUIZ[2].id]


@pytest.mark.parametrize(
    ("question", "given", "feedback"),
    [
        (
            QUIZ[0],
            letter(QUIZ[0], "The Amu Darya"),
            "The Amu Darya runs along the northern border.",
        ),
        (QUIZ[1], letter(QUIZ[1], "India"), "The Pakistani side of Kashmir lies between."),
        (QUIZ[2], 4000, "This is the whole area."),
        (QUIZ[3], ORDER[::-1], "Height grows from the eastern gate"),
        (QUIZ[4], {3: letter(QUIZ[4], "Bamyan")}, "Bamyan is the capital of Bamyan Province."),
        (QUIZ[5], "himalaya", "The Himalaya begins farther east."),
    ],
)
def test_a_wrong_answer_names_its_mistake_and_what_to_reread(question, given, feedback):
    points, words = grade(question, given)
    assert points == 0
    assert feedback in words
    assert "Reread" in words
    assert question.why not in words


def test_the_feedback_names_the_objective_in_the_words_given():
    assert ADVICE["L01.1"] in grade(QUIZ[0], "Z")[1].splitlines()
    assert "Reread what lesson 1 says on L01.3." in grade(QUIZ[5], "x")[1].splitlines()


def test_feedback_does_not_name_a_right_option_that_was_missed():
    words = grade(QUIZ[1], M[:1])[1]
    assert "Partly right." in words
    assert "Iran" not in words and "Wakhan" not in words


def test_drawn_numbers_stand_in_the_feedback():
    values = presented(QUIZ[2]).values
    words = grade(QUIZ[2], values["b"] / values["a"])[1]
    assert f"This divides {values['b']:,} by {values['a']:,}" in words


def test_a_test_cell_needs_nothing_but_the_answer():
    """Each runs in a bare interpreter, isolated from this environment, without a warning."""
    programs = "".join(
        f"{answer_source(presented(q), 'right')}\n{cell(SOURCE, points_cell_id(q)).source}\n"
        for q in QUIZ
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "-c", programs],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Right.") == len(QUIZ)


def test_the_visible_part_gives_no_points_and_no_verdict():
    for question in QUIZ:
        visible = cell(SOURCE, points_cell_id(question)).source.partition("### BEGIN HIDDEN")[0]
        result, words = run(visible, {answer_names([question])[question.id]: None})
        assert result is None
        assert "is still empty: it should be" in words


# A diagnostic ---------------------------------------------------------------------------------

LESSONS = {1: "Lesson 1, 'Rivers'", 2: "Lesson 2, 'Towns'", 3: "Lesson 3, 'Roads'"}
#: Every kind in each of two lessons, so that names are those of a mixed quiz.
MIXED = [*QUIZ, *(q.model_copy(update={"id": q.id.replace("L01", "L02")}) for q in QUIZ)]
ANY = "You know something of every lesson: begin with any of them."
DIAGNOSTIC = quiz_notebook(MIXED, title="x", seed="course", begin_with=LESSONS)


def begin(hows: dict[int, str], without: str = "") -> list[str]:
    """What the last cell prints for students who answer each lesson in a way."""
    names, values = answer_names(MIXED), {}
    for question in MIXED:
        source = answer_source(presented(question), hows[question.lesson], name=names[question.id])
        exec(source, values)
    values.pop(without, None)
    result, words = run(cell(DIAGNOSTIC, BEGIN_WITH).source, values)
    assert result is None
    return words.splitlines()


@pytest.mark.parametrize(
    ("first", "second", "lines"),
    [
        ("right", "right-another-way", [ANY]),
        ("right", "wrong", ["Begin with:", "- Lesson 2, 'Towns'"]),
        ("blank", "right", ["Begin with:", "- Lesson 1, 'Rivers'"]),
        ("half", "blank", ["Begin with:", "- Lesson 1, 'Rivers'", "- Lesson 2, 'Towns'"]),
    ],
)
def test_a_diagnostic_names_the_lessons_to_begin_with(first: str, second: str, lines: list[str]):
    assert begin({1: first, 2: second}) == lines


def test_a_deleted_answer_of_a_diagnostic_is_a_blank_one():
    some = begin({1: "right", 2: "right"}, without="answer_L02_g01")
    assert some == [ANY]


def test_the_last_cell_of_a_diagnostic_is_hidden_and_worth_nothing():
    last = DIAGNOSTIC.cells[-1]
    assert last.metadata.nbgrader.points == 0
    visible, hidden = last.source.split("### BEGIN HIDDEN TESTS\n")
    assert visible.startswith("# ") and visible.count("\n") == 1
    assert hidden.endswith("### END HIDDEN TESTS")
    assert [c for c in SOURCE.cells if c.metadata.nbgrader.grade_id == BEGIN_WITH] == []
    purpose = "The end of your feedback says with which lessons to begin."
    assert [purpose in n.cells[0].source for n in (DIAGNOSTIC, SOURCE)] == [True, False]


# Through nbgrader -----------------------------------------------------------------------------

STUDENTS = {how: student_answers(how) for how in HOWS}
STUDENTS["unreadable"] = dict.fromkeys(student_answers("blank"), "answer = 'lost'")
STUDENTS["raises"] = student_answers("right") | {"L01-g01": "answer_g01 = 1 / 0"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory):
    """A course of one quiz, released to simulated students and graded by stock nbgrader."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    root = tmp_path_factory.mktemp("course")
    source = root / "source/quiz-01/quiz-01.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(notebook_text(QUIZ, **SETTINGS), encoding="utf-8")
    # nbgrader calls alembic by name, which need not be on the path of who runs pytest.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    config = Config()
    config.CourseDirectory.root = str(root)
    api = NbGraderAPI(config=config)
    with contextlib.chdir(root), mock.patch.dict(os.environ, PATH=path):
        assert api.generate_assignment("quiz-01")["success"]
        release = root / "release/quiz-01/quiz-01.ipynb"
        for student, answers in STUDENTS.items():
            submit(release, root / f"submitted/{student}/quiz-01/quiz-01.ipynb", answers)
            assert api.autograde("quiz-01", student)["success"]
        with api.gradebook as gradebook:
            scores = {
                student: {
                    grade.name: grade.auto_score
                    for grade in gradebook.find_submission_notebook(
                        "quiz-01", "quiz-01", student
                    ).grades
                }
                for student in STUDENTS
            }
    return root, scores


def submit(release: Path, target: Path, answers: dict[str, str]) -> None:
    notebook = nbformat.read(release, as_version=4)
    for grade_id, source in answers.items():
        cell(notebook, grade_id).source = source
    target.parent.mkdir(parents=True)
    nbformat.write(notebook, target)


def test_the_student_version_holds_no_key(course):
    root, _ = course
    text = (root / "release/quiz-01/quiz-01.ipynb").read_text(encoding="utf-8")
    assert [secret for secret in SECRETS if secret in text] == []
    release = nbformat.reads(text, as_version=4)
    for question in QUIZ:
        assert cell(release, answer_cell_id(question)).source.endswith(" = None")
        source = cell(release, points_cell_id(question)).source
        assert repr(presented(question).key) not in source


@pytest.mark.parametrize("how", HOWS)
def test_nbgrader_gives_each_simulated_student_what_is_expected(course, how):
    _, scores = course
    assert scores[how] == {
        points_cell_id(q): pytest.approx(POINTS[q.id] * expected_score(presented(q), how), abs=1e-4)
        for q in QUIZ
    }


def test_full_marks_are_the_maximum_and_blank_is_zero(course):
    _, scores = course
    assert list(scores["right"].values()) == list(POINTS.values())
    assert set(scores["blank"].values()) == set(scores["unreadable"].values()) == {0.0}


def test_an_answer_that_raises_costs_its_own_question_only(course):
    _, scores = course
    assert scores["raises"] == scores["right"] | {"L01-g01-points": 0.0}


def test_no_test_cell_ends_in_an_error_or_writes_to_stderr(course):
    root, _ = course
    for student in STUDENTS:
        graded = nbformat.read(root / f"autograded/{student}/quiz-01/quiz-01.ipynb", as_version=4)
        for question in QUIZ:
            kinds = {o.output_type for o in cell(graded, points_cell_id(question)).outputs}
            names = {o.get("name") for o in cell(graded, points_cell_id(question)).outputs}
            assert "error" not in kinds and "stderr" not in names
