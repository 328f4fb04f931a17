from __future__ import annotations

import zipfile

import pytest

from safehaven.assignments.source import read
from safehaven.book.exercise_pages import exercise_of, pack_exercise, worked_solution
from safehaven.folders import CourseFolders
from tests.mini_course import ROOT

COURSE = CourseFolders(ROOT)


@pytest.mark.parametrize(
    ("docname", "name"),
    [
        ("exercises/ex07-two-lists/ex07-two-lists", "ex07-two-lists"),
        ("exercises/ex07-two-lists/other", None),
        ("book/history/1-origins", None),
    ],
)
def test_an_exercise_is_known_by_its_page(docname, name):
    assert exercise_of(docname) == name


def test_the_zip_holds_the_notebook_and_its_data_in_one_folder(tmp_path):
    target = tmp_path / "ex07.zip"
    pack_exercise(COURSE, "ex07-two-lists", target)
    names = zipfile.ZipFile(target).namelist()
    assert "ex07-two-lists/ex07-two-lists.ipynb" in names
    assert "ex07-two-lists/data/listings.csv" in names
    assert all(name.startswith("ex07-two-lists/") for name in names)


def test_the_same_exercise_gives_the_same_zip(tmp_path):
    for name in ("a.zip", "b.zip"):
        pack_exercise(COURSE, "ex07-two-lists", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_solution_shows_every_task_with_what_goes_wrong():
    (source,) = read(COURSE, "ex07-two-lists")
    text = worked_solution(source).astext()
    assert "def count_entries(table):" in text
    assert "What often goes wrong:" in text
    assert "BEGIN SOLUTION" not in text
    assert "HIDDEN TESTS" not in text
    raw = [str(node) for node in worked_solution(source).findall() if node.tagname == "raw"]
    assert sum("<details" in node for node in raw) == len(source.answers)
