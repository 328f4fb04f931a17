"""The report of a simulated class of 200 in a real gradebook, with planted good and bad items."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest

from safehaven.errors import CourseError
from safehaven.grading import class_report as room
from safehaven.grading.class_report import class_report
from tests.grading.contrast import CONTRAST
from tests.grading.simulated_class import (
    BLANK_BY_HAND,
    EASY,
    GUESSED,
    HOSTILE,
    QUIZ,
    ROOT,
    SIZE,
    STEP,
    TASKS,
    WRONG_KEY,
    Simulated,
    simulated_class,
)
from tests.grading.test_analysis_statistics import r_says, same

PLANTED = {WRONG_KEY, EASY, GUESSED}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Simulated:
    return simulated_class(tmp_path_factory.mktemp("simulated") / "class")


def kinds(item) -> set[str]:
    return {flag["kind"] for flag in item["flags"]}


# --- what was planted is found, and nothing else ----------------------------------------------


def test_the_wrong_key_is_found_and_the_right_one_named(made):
    flag = made.item(WRONG_KEY)["flags"][0]
    assert (flag["kind"], flag["weight"]) == ("key-may-be-wrong", "urgent")
    assert f"the best students chose {made.true_key} (" in flag["text"]


def test_no_other_key_is_doubted(made):
    for test in made.data["assignments"]:
        for item in test["items"]:
            if item["name"] != WRONG_KEY:
                assert not kinds(item) & {"key-may-be-wrong", "works-against"}, item["name"]


def test_what_all_get_right_and_what_all_guess_is_found(made):
    assert "too-easy" in kinds(made.item(EASY))
    assert "tells-little" in kinds(made.item(GUESSED))


def test_good_items_are_left_alone(made):
    good = [i for i in made.test(QUIZ)["items"] if i["name"] not in PLANTED]
    assert len(good) == 9
    for item in good:
        assert [f for f in item["flags"] if f["weight"] != "note"] == [], item["name"]
        assert item["item_total"]["low"] > 0, item["name"]
    planted = [made.item(name)["item_total"] for name in (WRONG_KEY, GUESSED)]
    assert max(p["value"] for p in planted) < min(i["item_total"]["value"] for i in good)


# --- the figures are those of the marks -------------------------------------------------------


def test_r_says_the_same_of_the_quiz(made, tmp_path):
    test = made.test(QUIZ)
    columns = list(made.points.values())
    assert [item["name"] for item in test["items"]] == list(made.points)
    assert any(0 < points < 1 for column in columns for points in column)  # partial credit

    def three(found):
        return None if found is None else [found[name] for name in ("value", "low", "high")]

    ours = []
    for item in test["items"]:
        ours += [(name, three(item[name])) for name in ("difficulty", "item_total", "upper_lower")]
        ours.append(("alpha_without", [item["alpha_without"]]))
    found = test["reliability"]
    ours += [("alpha", three(found["alpha"])), ("error", [found["error"]])]
    ours += [("moments", [found["mean"], found["deviation"]]), ("kr20", None)]
    same(ours, r_says(tmp_path, columns, [1.0] * len(columns)))


def test_each_option_is_counted_as_it_was_picked(made):
    assert made.letters
    for name, picked in made.letters.items():
        choices = {c["mark"]: c for c in made.item(name)["choices"]}
        counted = {mark: choice["count"] for mark, choice in choices.items()}
        blanks = picked.count(None)
        expected = {letter: picked.count(letter) for letter in "ABCD"}
        assert counted == expected | ({"blank": blanks} if blanks else {}), name


def test_a_wrong_option_comes_with_its_misconception(made):
    for item in made.test(QUIZ)["items"]:
        assert item["choices"], item["name"]
        for choice in item["choices"]:
            foreseen = not choice["mark"].startswith(("blank", "unreadable", "other"))
            assert bool(choice["misconception"]) == (foreseen and not choice["is_right"])


@pytest.mark.parametrize("kind", ["numeric", "text", "ordering", "matching", "multiple"])
def test_answers_of_each_kind_are_all_accounted_for(made, kind):
    items = [i for i in made.test(QUIZ)["items"] if i["kind"] == kind]
    assert items
    for item in items:
        points = made.points[item["name"]]
        key = [c["count"] for c in item["choices"] if c["is_right"]]
        if kind in ("numeric", "text", "ordering"):
            assert key == [points.count(1.0)]
            assert sum(c["count"] for c in item["choices"]) == SIZE
        else:
            assert min(key) >= points.count(1.0) > 0


# --- what is missing is not zero --------------------------------------------------------------


def test_missing_ungradable_and_tampered_are_counted_apart(made):
    expected = {"graded": SIZE, "missing": 5, "ungradable": 2, "tampered": 1}
    assert made.test(QUIZ)["students"] == expected
    for item in made.test(QUIZ)["items"]:
        assert item["difficulty"]["n"] == SIZE
    told = {s["student"]: s["assignments"][QUIZ] for s in made.data["students"]}
    for student in ("z-missing-0", "z-broken-0", "z-tampered"):
        assert told[student]["points"] is None
    objective = made.data["objectives"][0]
    assert objective["mastered"]["n"] == SIZE


def test_an_item_that_waits_for_marks_has_no_figures(made):
    item = made.item("why")
    done = SIZE // STEP
    assert (item["marked"], item["waiting"]) == (BLANK_BY_HAND, done - BLANK_BY_HAND)
    assert item["difficulty"] is None is item["item_total"]
    assert kinds(item) == {"waits-for-marks"}
    assert made.test(TASKS)["items_in_total"] == 2
    assert made.test(TASKS)["students"]["missing"] == SIZE - done + 8


def test_the_checks_of_a_task_are_one_item(made):
    item = made.item("total")
    assert item["cells"] == ["total-a", "total-b"]
    assert item["maximum"] == 3
    marks = [a + b for a, b in zip(made.tasks["total-a"], made.tasks["total-b"], strict=True)]
    assert item["difficulty"]["value"] == pytest.approx(sum(marks) / 3 / len(marks), abs=1e-12)


# --- objectives and students ------------------------------------------------------------------


def test_mastery_is_counted_over_all_assignments(made):
    """L07.4 is tested by four questions and, for every fourth student, by two tasks."""
    questions = [i["name"] for i in made.test(QUIZ)["items"] if i["objective"] == "L07.4"]
    mastered = 0
    for number in range(SIZE):
        got = sum(made.points[name][number] for name in questions)
        most = float(len(questions))
        if number % STEP == 0:
            got += sum(made.tasks[c][number // STEP] for c in ("total-a", "total-b", "first-a"))
            most += 5
        mastered += got >= 0.6 * most - 1e-9
    found = next(o for o in made.data["objectives"] if o["id"] == "L07.4")
    assert found["count"] == mastered
    assert found["items"] == len(questions) + 2
    assert found["mastered"]["value"] == pytest.approx(mastered / SIZE)


def test_a_student_is_told_what_to_reread(made):
    for student in made.data["students"]:
        gaps = [o["objective"] for o in student["objectives"] if not o["is_mastered"]]
        places = {o["id"]: o["place"].partition(": ") for o in made.data["objectives"]}
        weakest_first = ", ".join(places[gap][2] for gap in reversed(gaps))
        lesson = places["L07.1"][0]
        assert student["reread"] == ([f"{lesson}: {weakest_first}"] if gaps else [])
        shares = [o["got"] / o["possible"] for o in student["objectives"]]
        assert shares == sorted(shares, reverse=True)
    assert any("Lesson 7, " in place for s in made.data["students"] for place in s["reread"])


def test_another_cut_gives_another_mastery(made, tmp_path):
    class_report(made.root, [QUIZ], output=tmp_path, course=ROOT, cut=1.0)
    data = json.loads((tmp_path / "class-report.json").read_text(encoding="utf-8"))
    assert [test["name"] for test in data["assignments"]] == [QUIZ]
    strict = [objective["count"] for objective in data["objectives"]]
    usual = [objective["count"] for objective in made.data["objectives"]]
    assert len(strict) == len(usual) == 5
    assert all(a <= b for a, b in zip(strict, usual, strict=True))
    assert sum(strict) < sum(usual)


def test_the_same_marks_give_the_same_report(made, tmp_path):
    class_report(made.root, output=tmp_path, course=ROOT)
    for file in made.out.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_the_json_is_what_its_schema_says(made):
    file = Path(room.__file__).parent / "class-report.schema.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(made.data)
    for name, known in (("item", made.item("why")), ("choice", made.item(EASY)["choices"][0])):
        assert set(known) == set(schema["$defs"][name]["properties"])


# --- tables -----------------------------------------------------------------------------------


def test_tables_hold_every_row_and_no_formula(made):
    rows = {}
    for file in made.out.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows[file.name] = list(csv.DictReader(opened))
    assert len(rows["items.csv"]) == 15
    assert len(rows["assignments.csv"]) == 2
    assert (
        float(rows["assignments.csv"][1]["alpha"])
        == made.test(QUIZ)["reliability"]["alpha"]["value"]
    )
    names = {row["name"] for row in rows["students.csv"]}
    assert f"'{HOSTILE} X" in names
    for name, table in rows.items():
        for row in table:
            for text in row.values():
                starts_badly = text.startswith(("=", "+", "-", "@"))
                assert not starts_badly or _is_number(text), f"{name}: {text}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# --- what cannot be done is said --------------------------------------------------------------


def test_an_assignment_that_is_not_there_is_named(made, tmp_path):
    with pytest.raises(CourseError, match="no assignment 'quiz-99'") as caught:
        class_report(made.root, ["quiz-99"], output=tmp_path)
    assert TASKS in caught.value.remedy


def test_without_a_gradebook_there_is_no_report(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("", encoding="utf-8")
    with pytest.raises(CourseError, match="no gradebook yet"):
        class_report(tmp_path, output=tmp_path / "out")
    assert not (tmp_path / "gradebook.db").exists()


@pytest.mark.parametrize("cut", [0, -0.1, 1.1])
def test_a_cut_is_a_share(tmp_path, cut):
    with pytest.raises(CourseError, match="no share"):
        class_report(tmp_path, output=tmp_path / "out", cut=cut)


# --- the page ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def context(browser):
    opened = browser.new_context(viewport={"width": 1200, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context, made):
    """The page, open; nothing may be asked for besides it, and nothing may go wrong in it."""
    address = (made.out / "index.html").as_uri()
    opened = context.new_page()
    asked, said = [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(address)
    yield opened
    assert asked == [address]
    assert said == []
    assert opened.title() == "Class report: safehaven"
    opened.close()


def open_all(page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")


def test_the_wrong_key_stands_first_and_leads_to_its_item(page):
    first = page.locator(".first > li").first
    assert "The key may be wrong" in first.inner_text()
    first.locator("a").click()
    assert WRONG_KEY in page.locator("li:target").inner_text()
    shown = page.locator("details[open] summary")
    assert shown.count() == 1
    assert WRONG_KEY in shown.inner_text()


def test_hostile_names_are_only_text(page):
    assert page.locator("script").count() == 0
    assert HOSTILE in page.locator("#students ~ table").inner_text()


def test_everything_missing_is_counted_in_words(page):
    counts = page.locator(f"section[aria-labelledby='assignment-{QUIZ}'] .counts").inner_text()
    for words in ("graded", "not handed in", "could not be graded", "signs of tampering"):
        assert words in counts
    assert "it is not zero" in page.locator("section[aria-labelledby='method']").inner_text()


@pytest.mark.parametrize("width", [1200, 360])
def test_tables_are_tables_for_a_screen_reader(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    objectives = page.get_by_role("table", name="Objectives", exact=True)
    assert objectives.get_by_role("columnheader").count() == 6
    assert objectives.get_by_role("rowheader").count() == 5
    students = page.get_by_role("table", name="Students", exact=True)
    assert students.get_by_role("row").count() == SIZE + 8 + 1


def test_pictures_have_words(page):
    for picture in page.locator("svg[role=img]").all():
        assert picture.get_attribute("aria-label").startswith("Histogram. Points of ")
    assert page.locator("svg[role=img]").count() == 2
    assert page.locator("svg:not([role=img]):not([aria-hidden=true])").count() == 0


@pytest.mark.parametrize("width", [1200, 700, 360])
def test_nothing_stands_out_of_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_marks_stand_out_from_what_is_behind_them(page, scheme):
    page.emulate_media(color_scheme=scheme)
    open_all(page)
    assert page.evaluate(CONTRAST) == []


def test_on_paper_all_answers_are_open(page):
    page.emulate_media(media="print")
    hidden = page.locator("details:not([open]) tbody tr")
    assert hidden.count() > 20
    assert hidden.first.evaluate("row => row.getBoundingClientRect().height") > 5
    assert not page.locator("nav").is_visible()
