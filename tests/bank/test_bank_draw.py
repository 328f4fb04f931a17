"""A paper follows from its blueprint and the name of the class, and weighs the same for all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from safehaven.bank import Bank, Located, load_bank
from safehaven.bank.blueprint import Blueprint, load_blueprints, read_blueprint
from safehaven.bank.draw import Paper, cues, draw, shared_out
from safehaven.bank.model import BankFile
from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders, find_course

COURSE = find_course(Path(__file__))
BANK = load_bank(COURSE)
BLUEPRINTS = {blueprint.name: blueprint for blueprint in load_blueprints(COURSE)}
COHORTS = [f"{year}-{term}" for year in range(2027, 2031) for term in ("spring", "autumn")]
STRANDS = {"history": (1, 2), "haqqani": (6,), "intelligence": (9,)}


def a_question(identifier: str, level: str = "recall", kind: str = "text", **more: object) -> dict:
    question = {
        "id": identifier,
        "kind": kind,
        "objective": f"{identifier[:3]}.1",
        "level": level,
        "stem": f"What is meant by {identifier}?",
        "why": "So it is.",
        "source": [{"key": "atlas"}],
    }
    if kind == "text":
        question |= {"accept": [f"w{identifier}"], "traps": [{"answers": ["x"], "feedback": "No."}]}
    else:
        trap = {"answer": 2, "feedback": "No."}
        question |= {"answer": 1, "tolerance": 0, "unit": "years", "traps": [trap]}
    return question | more


def a_bank(*questions: dict) -> Bank:
    found = []
    for question in questions:
        use = {"p": "practice", "g": "graded"}[question["id"][4]]
        file = {"lesson": int(question["id"][1:3]), "use": use, "questions": [question]}
        found += BankFile.model_validate(file).questions
    return Bank(tuple(Located(question, Path("bank.yaml"), 1) for question in found))


def a_blueprint(folder: Path, text: str) -> Blueprint:
    file = folder / "a-test.yaml"
    file.write_text(f"title: A test\n{text}", encoding="utf-8")
    return read_blueprint(file, STRANDS)


def ids(paper: Paper) -> list[str]:
    return [question.id for question in paper.questions]


# The blueprints of the course -----------------------------------------------------------------


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_the_same_class_gets_the_same_paper(name):
    first, second = (draw(BLUEPRINTS[name], BANK, "2027-spring") for _ in range(2))
    assert first == second
    assert [p.stem for p in first.shown] == [p.stem for p in second.shown]
    reordered = Bank(tuple(reversed(BANK.located)))
    assert ids(draw(BLUEPRINTS[name], reordered, "2027-spring")) == ids(first)


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_papers_of_all_classes_weigh_the_same(name):
    papers = [draw(BLUEPRINTS[name], BANK, cohort) for cohort in COHORTS]
    for weight in ("lessons", "levels") if name.startswith(("quiz", "diag")) else papers[0].weight:
        assert len({str(paper.weight[weight]) for paper in papers}) == 1
    assert len({sum(paper.points.values()) for paper in papers}) == 1
    for paper in papers:
        assert len(set(ids(paper))) == len(paper.questions) == paper.blueprint.count
        assert [q.lesson for q in paper.questions] == sorted(q.lesson for q in paper.questions)


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_classes_get_different_papers(name):
    papers = [draw(BLUEPRINTS[name], BANK, cohort) for cohort in COHORTS]
    chosen = {tuple(sorted(ids(paper))) for paper in papers}
    assert len(chosen) > len(COHORTS) / 2
    shown = {tuple((p.stem, p.order) for p in paper.shown) for paper in papers}
    assert len(shown) == len(COHORTS)


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_no_stem_of_a_paper_holds_the_answer_to_another_question(name):
    for cohort in COHORTS:
        assert list(cues(draw(BLUEPRINTS[name], BANK, cohort).questions)) == []


def test_the_final_keeps_its_shares():
    paper = draw(BLUEPRINTS["final"], BANK, "2027-spring")
    lessons = Counter(question.lesson for question in paper.questions)
    assert sum(lessons[n] for n in range(1, 6)) == 16
    assert sum(lessons[n] for n in range(6, 9)) == 10
    assert sum(lessons[n] for n in range(9, 13)) == 14
    levels = {"recall": 4, "understand": 8, "apply": 14, "analyse": 14}
    assert paper.weight["levels"] == levels
    assert {question.use for question in paper.questions} == {"graded"}


def test_numbers_change_with_the_class():
    stems = {
        presented.stem
        for cohort in COHORTS
        for presented in draw(BLUEPRINTS["quiz-11"], BANK, cohort).shown
        if presented.question.id == "L11.g10"
    }
    assert len(stems) > 1


def test_the_diagnostic_asks_of_every_lesson():
    paper = draw(BLUEPRINTS["diagnostic"], BANK, "2027-spring")
    assert {question.lesson for question in paper.questions} == set(range(1, 13))
    assert {question.use for question in paper.questions} == {"practice"}


# What cannot be drawn -------------------------------------------------------------------------


def failure(folder: Path, text: str, bank: Bank) -> str:
    with pytest.raises(CourseError) as caught:
        draw(a_blueprint(folder, text), bank, "2027-spring")
    assert caught.value.remedy
    return f"{caught.value.file.name}:{caught.value.line}: {caught.value.message}"


def test_too_few_questions_of_a_lesson(tmp_path):
    bank = a_bank(a_question("L01.g01"), a_question("L01.g02"), a_question("L01.p01"))
    found = failure(tmp_path, "pools:\n  - lessons: [1]\n    count: 3\n", bank)
    assert found == (
        "a-test.yaml:3: a-test: 3 graded questions of lesson 1 are asked for, the bank has 2."
    )


def test_two_pools_that_share_a_lesson_need_enough_for_both(tmp_path):
    bank = a_bank(a_question("L01.g01"), a_question("L01.g02"))
    pools = "pools:\n  - lessons: [1]\n    count: 1\n  - lessons: [1]\n    count: 2\n"
    assert failure(tmp_path, pools, bank).startswith("a-test.yaml:5: a-test: 3 graded questions")
    pools = pools.replace("count: 2", "count: 1")
    assert len(draw(a_blueprint(tmp_path, pools), bank, "x").questions) == 2


def test_too_few_questions_of_a_level(tmp_path):
    bank = a_bank(a_question("L01.g01"), a_question("L01.g02"), a_question("L01.g03", "apply"))
    pools = "pools:\n  - lessons: [1]\n    count: 2\n    levels: {apply: 100}\n"
    assert failure(tmp_path, pools, bank) == (
        "a-test.yaml:3: a-test: 2 questions of the level 'apply' are asked for, the bank has 1 "
        "in these lessons."
    )


def test_too_few_questions_of_a_kind_over_the_paper(tmp_path):
    bank = a_bank(a_question("L01.g01"), a_question("L01.g02"))
    pools = "kinds: {matching: 50, text: 50}\npools:\n  - lessons: [1]\n    count: 2\n"
    assert failure(tmp_path, pools, bank) == (
        "a-test.yaml:None: a-test: 1 questions of the kind 'matching' are asked for, the bank "
        "has 0 in these lessons."
    )


def test_shares_that_exclude_each_other(tmp_path):
    bank = a_bank(
        *(a_question(f"L01.g0{n}", "recall", "text") for n in (1, 2)),
        *(a_question(f"L01.g0{n}", "apply", "numeric", stem=f"How many {n}?") for n in (3, 4)),
    )
    pools = "levels: {recall: 100}\nkinds: {numeric: 100}\npools:\n  - lessons: [1]\n    count: 2\n"
    found = failure(tmp_path, pools, bank)
    assert found.startswith("a-test.yaml:5: a-test: No choice of questions fits everything")
    assert "2 × " in found


def test_questions_that_answer_each_other_are_not_drawn_together(tmp_path):
    telling = a_question("L01.g02", stem="What did the Services Bureau do?")
    asked = a_question("L01.g01", accept=["Services Bureau"])
    pools = "pools:\n  - lessons: [1]\n    count: 2\n"
    assert "L01.g01 with L01.g02" in failure(tmp_path, pools, a_bank(asked, telling))
    bank = a_bank(asked, telling, a_question("L01.g03"))
    for cohort in COHORTS:
        paper = draw(a_blueprint(tmp_path, pools), bank, cohort)
        assert not {"L01.g01", "L01.g02"} <= set(ids(paper))


def test_without_shares_the_proportions_of_the_pool_are_kept(tmp_path):
    levels = ["recall"] * 2 + ["apply"] * 4 + ["analyse"] * 6
    bank = a_bank(*(a_question(f"L01.g{n:02d}", level) for n, level in enumerate(levels)))
    blueprint = a_blueprint(tmp_path, "pools:\n  - lessons: [1]\n    count: 6\n")
    for cohort in COHORTS:
        weight = draw(blueprint, bank, cohort).weight["levels"]
        assert weight == {"recall": 1, "apply": 2, "analyse": 3}


@pytest.mark.parametrize(
    ("shares", "count", "numbers"),
    [
        ({"a": 50, "b": 50}, 4, {"a": 2, "b": 2}),
        ({"a": 50, "b": 50}, 3, {"a": 2, "b": 1}),
        ({"a": 4, "b": 5, "c": 2, "d": 1}, 10, {"a": 3, "b": 4, "c": 2, "d": 1}),
        ({"a": 1}, 0, {"a": 0}),
        ({}, 0, {}),
    ],
)
def test_shares_become_whole_numbers(shares, count, numbers):
    assert shared_out(shares, count) == numbers


# An instructor's own questions ----------------------------------------------------------------


def private_course(root: Path, *private: dict, use: str = "graded") -> CourseFolders:
    for folder, questions in (
        ("assessments", [a_question("L01.g01"), a_question("L01.g02")]),
        ("private/questions", list(private)),
    ):
        file = root / folder / use / "01-own.yaml"
        file.parent.mkdir(parents=True)
        with file.open("w", encoding="utf-8") as stream:
            YAML().dump({"lesson": 1, "use": use, "questions": questions}, stream)
    return CourseFolders(root)


def test_private_questions_join_the_pools_only_when_asked(tmp_path):
    folders = private_course(tmp_path, a_question("L01.g50"))
    assert len(load_bank(folders)) == 2
    bank = load_bank(folders, private=True)
    assert [question.id for question in bank] == ["L01.g01", "L01.g02", "L01.g50"]
    blueprint = a_blueprint(tmp_path, "pools:\n  - lessons: [1]\n    count: 3\n")
    assert "L01.g50" in ids(draw(blueprint, bank, "2027-spring"))


def test_a_private_question_with_an_id_of_the_course_is_an_error(tmp_path):
    folders = private_course(tmp_path, a_question("L01.g02"))
    with pytest.raises(CourseErrors, match=r"The id L01\.g02 is taken at 01-own\.yaml:"):
        load_bank(folders, private=True)


def test_a_mistake_in_a_private_file_is_named_with_its_place(tmp_path):
    folders = private_course(tmp_path, a_question("L01.g50", level="hard"))
    with pytest.raises(CourseErrors) as caught:
        load_bank(folders, private=True)
    (error,) = caught.value.errors
    assert error.file == tmp_path / "private/questions/graded/01-own.yaml"
    assert "level" in error.message


def test_git_never_sees_private_questions():
    ignored = (COURSE.root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"private/", "/private/"} & set(ignored)
