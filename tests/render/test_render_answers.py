"""Numbers and other answers, read as a person would read them; the small marks of texts."""

import pytest

from safehaven.render.answers import read_choice, read_number, read_order, read_pairs, read_text
from safehaven.render.markup import inline_html, markdown_text, plain_text, tag

#: What is written, the unit of the question, and the number it says, if it says one. The
#: script of the page is held to the same list.
NUMBERS = [
    ("27", "years", 27),
    (" 27 ", "years", 27),
    ("27.", "years", 27),
    ("+27", "years", 27),
    ("-3", "metres", -3),
    ("−3", "metres", -3),
    ("0", "years", 0),
    ("007", "years", 7),
    (".5", "years", 0.5),
    (",5", "years", 0.5),
    ("12.5", "years", 12.5),
    ("12,5", "years", 12.5),
    ("0,200", "years", 0.2),
    ("12,3456", "years", 12.3456),
    ("1,200", "years", 1200),
    ("1 200", "years", 1200),
    ("1\u202f200", "years", 1200),
    ("1'200", "years", 1200),
    ("1’200", "years", 1200),
    ("1,200,000.5", "years", 1200000.5),
    ("1.200", "years", 1.2),
    ("1.200.000", "years", 1200000),
    ("1.200,5", "years", 1200.5),
    ("1 200,5", "years", 1200.5),
    ("27 entries", "entries", 27),
    ("27 entry", "entries", 27),
    ("27-year", "years", 27),
    ("= 27", "years", 27),
    ("27%", "per cent", 27),
    ("27 percent", "%", 27),
    ("27 per cent", "percentage points", 27),
    ("$5", "dollars", 5),
    ("US$ 5 million", "million US dollars", 5),
    ("27%", "years", None),
    ("2 million", "years", None),
    ("27 months", "years", None),
    ("~27", "years", None),
    ("<5", "years", None),
    ("20-30", "years", None),
    ("27, 28", "years", None),
    ("1/3", "years", None),
    ("1,200,5", "years", None),
    ("1,20,300", "years", None),
    ("1e3", "years", None),
    ("twenty", "years", None),
    ("27²", "km", None),
    ("--5", "years", None),
    ("9" * 400, "years", None),
    ("", "years", None),
    ("-", "years", None),
]


@pytest.mark.parametrize(("text", "unit", "number"), NUMBERS)
def test_a_number_is_read_exactly_or_not_at_all(text, unit, number):
    assert read_number(text, unit) == number


@pytest.mark.parametrize(
    ("given", "number"),
    [(27, 27), (27.5, 27.5), (True, None), (None, None), ([27], None), (float("inf"), None)],
)
def test_a_number_need_not_be_text(given, number):
    assert read_number(given, "years") == number


def test_letters_are_read_without_order_or_repetition():
    assert read_choice("c a C", "ABCD") == ["A", "C"]
    assert read_choice("a, c", "ABCD", 1) is None
    assert read_choice(["", "A"], "ABCD") is None
    assert read_choice(None, "ABCD") is None


def test_an_order_holds_each_letter_once():
    assert read_order("b a c", "ABC") == ["B", "A", "C"]
    assert read_order("bac", "ABC") == ["B", "A", "C"]
    assert read_order("b a", "ABC") is None
    assert read_order("b a a", "ABC") is None
    assert read_order(["B", 1, "C"], "ABC") is None


def test_pairs_keep_what_can_be_read():
    assert read_pairs({1: "b", "2.": "(A)", 3: "z", 9: "A", "x": None}, 3, "AB") == {
        "1": "B",
        "2": "A",
    }
    assert read_pairs("1b 2: A", 3, "AB") == {"1": "B", "2": "A"}
    assert read_pairs("1 Kabul", 3, "AB") is None


def test_text_is_one_line_of_words():
    assert read_text(["Kabul"]) == "Kabul"
    assert read_text(["Kabul", "Herat"]) is None


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** *c* `d*e*`", "a <strong>b</strong> <em>c</em> <code>d*e*</code>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("<i> & 'x'", "&lt;i&gt; &amp; 'x'"),
        ("*<b>*", "<em>&lt;b&gt;</em>"),
        ("two\n lines", "two lines"),
        ("**open", "**open"),
    ],
)
def test_inline_marks_are_the_only_markup(text, html):
    assert inline_html(text) == html


def test_markdown_shows_everything_else_as_typed():
    assert markdown_text("*a_b* `c_d` [x] US$5") == r"*a\_b* `c_d` \[x\] US\$5"
    assert plain_text("a **b** `c`") == "a b c"


def test_elements_are_escaped_and_closed():
    assert tag("input", value='"<', for_="x", aria_label=None) == (
        '<input value="&quot;&lt;" for="x" />'
    )
