"""Cells of a CSV file: harmless in a spreadsheet, and the same text after the way back."""

import csv
import io
from itertools import product
from pathlib import Path

import pytest

from safehaven.errors import CourseError
from safehaven.grading.export.cells import harmless, number, plain, table_text, write_text
from safehaven.grading.export.template import Template

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "-",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text).startswith("'")
    assert plain(harmless(text)) == text


@pytest.mark.parametrize(
    "text", ["-12.5", "+3", "-0,5", "7", ".5", "", "Ghani, A.", "a=b", "e-mail"]
)
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
    assert plain(text) == text


def test_a_formula_behind_a_semicolon_is_harmless_too() -> None:
    assert harmless("a;=cmd()") == "a;'=cmd()"
    assert harmless("a\n@x") == "a\n'@x"


def test_every_short_text_comes_back() -> None:
    for length in range(6):
        for letters in product("'=;\t a", repeat=length):
            text = "".join(letters)
            assert plain(harmless(text)) == text
            assert harmless(text)[:1] not in ("=", "\t")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (14.75, "14.75"),
        (1 / 3, "0.3333"),
        (-1.5, "-1.5"),
        (1e6, "1000000"),
    ],
)
def test_points_are_written_plainly(value: float, text: str) -> None:
    assert number(value) == text


def test_a_table_is_read_back_as_it_was() -> None:
    rows = [["حکمتیار, گلبدین", 'say "so"', -1.5, None], ["=1", "two\nlines", float("nan"), 0.0]]
    read = list(csv.reader(io.StringIO(table_text(["a", "b", "c", "d"], rows), newline="")))
    assert read == [
        ["a", "b", "c", "d"],
        ["حکمتیار, گلبدین", 'say "so"', "-1.5", ""],
        ["'=1", "two\nlines", "", "0"],
    ]


def test_a_file_is_written_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "new" / "table.csv"
    write_text(file, "a\r\n")
    assert file.read_bytes() == b"a\r\n"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    "text",
    [
        'a,b,c\r\n"x, ""y""",2,\r\n\r\n3,,"two\nlines"\r\n',
        "\ufeffa;b;c\n1;2;3\n",
        "a,b,c\r1,2,3",
        'a,b,c\n1,say "so",3\n',
        "",
    ],
)
def test_a_template_without_changes_stays_as_it_is(text: str, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(text.encode())
    assert Template(file).text().encode() == text.encode()


def test_only_the_changed_cell_changes(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes('\ufeff"a";"b";c\r\n"x;""";"2";3\r\n;\r\n'.encode())
    template = Template(file)
    assert [[field.text for field in row] for row in template.rows[:2]] == [
        ["a", "b", "c"],
        ['x;"', "2", "3"],
    ]
    template.change(template.rows[1][1], "14.5")
    template.change(template.rows[1][2], "0")
    assert template.text() == '\ufeff"a";"b";c\r\n"x;""";"14.5";0\r\n;\r\n'


@pytest.mark.parametrize("data", [b'a,b\n"x,2\n', b'a,b\n"x"y,2\n'])
def test_a_broken_template_is_refused_with_its_line(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(data)
    with pytest.raises(CourseError, match="quotation mark") as found:
        Template(file)
    assert found.value.line == 2


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("a,b\nM\u00fcller,2\n".encode("cp1252"))
    with pytest.raises(CourseError, match="not in UTF-8") as found:
        Template(file)
    assert found.value.line == 2


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="cannot be read"):
        Template(tmp_path / "none.csv")
