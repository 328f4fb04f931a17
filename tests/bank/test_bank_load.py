"""Every mistake in a bank file is named with its file, its line and what to do."""

from pathlib import Path

import pytest

from safehaven.bank import load_bank
from safehaven.errors import CourseErrors
from safehaven.folders import CourseFolders

GOOD = """\
lesson: 3
use: practice
questions:
  - id: L03.p01
    kind: single
    objective: L03.1
    level: recall
    stem: Which river flows through Kabul?
    options:
      - text: The Kabul River
        right: true
      - text: The Helmand
        feedback: It flows south-west.
      - text: The Hari River
        feedback: It flows past Herat.
    why: The river crosses the city.
    source: [{key: atlas, place: p. 3}]
    as_of: 2026-04-07
  - id: L03.p02
    kind: text
    objective: L03.1
    level: recall
    stem: Which mountain range lies north of Kabul?
    accept: [Hindu Kush]
    traps:
      - answers: [Pamir]
        feedback: The Pamir lies in the north-east.
    why: It divides the country.
    source: [{key: atlas}]
  - id: L03.p03
    kind: numeric
    objective: L03.1
    level: apply
    stem: A river falls {a} metres on {b} kilometres. How much is that for each kilometre?
    formula: a / b
    parameters:
      a: {from: 100, to: 300, step: 100}
      b: {from: 1, to: 3}
    tolerance: 0.5
    unit: metres
    traps:
      - formula: a * b
        feedback: This multiplies the two.
    why: Divide the fall by the length.
    source: [{key: atlas}]
"""


def course(root: Path, text: str, name: str = "practice/03-rivers.yaml") -> CourseFolders:
    file = root / "assessments" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return CourseFolders(root)


def mistakes(folders: CourseFolders) -> list[str]:
    with pytest.raises(CourseErrors) as caught:
        load_bank(folders)
    for error in caught.value.errors:
        assert error.remedy
        assert f"{error.file}" in str(error) and "Remedy: " in str(error)
    return [f"{e.file.name}:{e.line}: {e.message}" for e in caught.value.errors]


def test_questions_come_in_the_order_of_their_file_with_their_lines(tmp_path: Path):
    bank = load_bank(course(tmp_path, GOOD))
    assert [question.id for question in bank] == ["L03.p01", "L03.p02", "L03.p03"]
    assert [entry.line for entry in bank.located] == [4, 19, 30]
    assert len(bank) == 3
    assert bank.of(3, "practice") == list(bank)
    assert bank.of(3, "graded") == bank.of(4, "practice") == []
    assert bank.by_id["L03.p02"].question.lesson == 3
    assert bank.by_id["L03.p02"].file.name == "03-rivers.yaml"


def test_only_the_uses_asked_for_are_read(tmp_path: Path):
    folders = course(tmp_path, "not: [read", "graded/03-rivers.yaml")
    course(tmp_path, GOOD)
    assert len(load_bank(folders, uses=["practice"])) == 3


def test_an_empty_course_has_an_empty_bank(tmp_path: Path):
    assert len(load_bank(CourseFolders(tmp_path))) == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kind: text", "kind: essay", 19, "tag 'essay'"),
        ("    kind: text\n", "", 19, "Unable to extract tag"),
        ("level: recall\n    stem: Which m", "level: hard\n    stem: Which m", 22, "level: "),
        ("    why: It divides the country.\n", "", 19, "why: Field required"),
        ("accept: [Hindu Kush]", "accept: []", 24, "accept: "),
        ("why: It", "wy: x\n    why: It", 28, "wy: Extra inputs"),
        ("        feedback: It flows south-west.\n", "", 12, "'The Helmand' has no feedback"),
        ("feedback: It flows south-west.", "feedback: ''", 12, "'The Helmand' has no feedback"),
        ("        feedback: The Pamir lies in the north-east.\n", "", 26, "feedback: Field requ"),
        ("        feedback: This multiplies the two.\n", "", 42, "feedback: Field required"),
        ("text: The Hari River", "text: the helmand", 9, "stands there twice"),
        ("        right: true\n", "        feedback: x\n", 4, "exactly one right option, here 0"),
        (
            "feedback: It flows past",
            "right: true\n        feedback: It",
            4,
            "one right option, here 2",
        ),
        (
            "    options:\n",
            "    answer: The Nile\n    options:\n",
            4,
            "the key 'The Nile' stands apart",
        ),
        ("    options:\n", "    key: D\n    options:\n", 4, "the key 'D' stands apart"),
        ("formula: a / b", "formula: a / c", 35, "'c', which is no parameter"),
        ("formula: a / b", "formula: a / (b - 2)", 35, "cannot be computed: division by zero"),
        ("formula: a / b", "formula: a /", 35, "is not arithmetic"),
        ("formula: a * b", "formula: c", 41, "'c', which is no parameter"),
        ("{from: 1, to: 3}", "{from: 3, to: 1}", 38, "'to' is smaller than 'from'"),
        ("id: L03.p02", "id: L04.p02", 1, "'L04.p02' does not begin with 'L03.p'"),
        ("id: L03.p02", "id: L03-p02", 19, "id: String should match pattern"),
        ("id: L03.p02", "id: L03.p01", 19, "id L03.p01 is taken at 03-rivers.yaml:4"),
        ("use: practice", "use: graded", 1, "does not begin with 'L03.g'"),
        ("lesson: 3", "lesson: three", 1, "lesson: "),
        ("source: [{key: atlas}]", "source: []", 29, "source: "),
        ("as_of: 2026-04-07", "as_of: spring", 18, "as_of: "),
        ("accept: [Hindu", "accept: [[Hindu", 25, "not valid YAML"),
        ("why: The river", "why: The: river", 16, "not valid YAML"),
        ("    stem: Which m", "    stem: x\n    stem: Which m", 24, "not valid YAML"),
    ],
)
def test_a_mistake_has_its_line(tmp_path: Path, old: str, new: str, line: int, words: str):
    assert old in GOOD
    (found,) = mistakes(course(tmp_path, GOOD.replace(old, new, 1)))
    assert found.startswith(f"03-rivers.yaml:{line}: "), found
    assert words in found


def test_all_mistakes_of_all_files_come_together(tmp_path: Path):
    folders = course(tmp_path, GOOD.replace("level: recall", "level: hard"))
    course(tmp_path, "questions: [", "practice/04-more.yaml")
    course(tmp_path, GOOD, "graded/03-rivers.yaml")
    found = mistakes(folders)
    assert [text.partition(":")[0] for text in found] == [
        "03-rivers.yaml",
        "03-rivers.yaml",
        "04-more.yaml",
        "03-rivers.yaml",
    ]
    assert "says use: practice in the folder of graded questions" in found[-1]


@pytest.mark.parametrize("text", ["", "- a list\n", "just words\n"])
def test_a_file_that_is_no_bank_is_refused(tmp_path: Path, text: str):
    assert mistakes(course(tmp_path, text))


def test_a_control_character_is_refused(tmp_path: Path):
    (found,) = mistakes(course(tmp_path, GOOD.replace("The Hari", "The \x07Hari")))
    assert "not valid YAML" in found


def test_bytes_that_are_no_text_are_refused(tmp_path: Path):
    folders = course(tmp_path, GOOD)
    (tmp_path / "assessments/practice/04-x.yaml").write_bytes(b"lesson: \xff\n")
    (found,) = mistakes(folders)
    assert found.startswith("04-x.yaml:") and "not UTF-8" in found
