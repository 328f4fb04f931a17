"""The quiz on paper, printed by Chromium and read back from the PDF."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from geography import questions
from pypdf import PdfReader

from safehaven.bank import present
from safehaven.bank.model import Numeric
from safehaven.bank.present import entry_texts
from safehaven.book.exports import export_paper
from safehaven.cli import main
from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import find_course
from safehaven.render import chromium
from safehaven.render.markup import plain_text
from safehaven.render.paper import Papers, key_page, quiz_page, write_paper
from safehaven.render.printed import short_key

COURSE = find_course(Path(__file__))
QUESTIONS = questions("graded")
TITLE = 'Rivers & "towns" <1>'
A4 = (595, 842)


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return write_paper(
        QUESTIONS,
        title=TITLE,
        cohort="autumn",
        variants="AB",
        points={"L01.g03": 2.5},
        target=tmp_path_factory.mktemp("paper") / "new",
        cite=lambda source: f"Work {source.key}",
    )


def test_a_sheet_asks_everything_and_gives_nothing_away(papers):
    for variant, pdf in zip("AB", papers.quizzes, strict=True):
        assert pdf.name == f"quiz-{variant}.pdf"
        text = text_of(pdf)
        for word in (
            "Name",
            "Date",
            "Points",
            "of 7.5",
            "2.5 points",
            f"Variant {variant} · autumn",
        ):
            assert word in text, word
        for question in QUESTIONS:
            assert present(question, f"autumn/{variant}").stem in text
            for entry in entry_texts(question):
                assert plain_text(entry) in text
            assert plain_text(question.why)[:25] not in text
        for secret in ("575 m", "Paropamisus", "The Pakistani side", "atlas"):
            assert secret not in text


def test_pages_are_a4_and_numbered(papers):
    for pdf in (*papers.quizzes, papers.key):
        pages = PdfReader(pdf).pages
        for number, page in enumerate(pages, start=1):
            assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
            assert f"Page {number} of {len(pages)}" in page.extract_text()
        assert 'Rivers & "towns" <1>' in pages[-1].extract_text()


def test_variants_differ_in_options_and_numbers_and_can_be_printed_again():
    first, second = ([present(q, f"autumn/{v}") for q in QUESTIONS] for v in "AB")
    sheet = {"title": TITLE, "cohort": "autumn", "points": {}}
    assert quiz_page(first, variant="A", **sheet) == quiz_page(
        [present(q, "autumn/A") for q in QUESTIONS], variant="A", **sheet
    )
    assert any(a.order != b.order for a, b in zip(first, second, strict=True))
    wide = [present(QUESTIONS[2], f"autumn/{v}").stem for v in "ABCD"]
    assert len(set(wide)) > 1


def test_the_key_has_every_variant_and_what_a_marker_needs(papers):
    text = text_of(papers.key)
    for variant in "AB":
        for question in QUESTIONS:
            shown = present(question, f"autumn/{variant}")
            assert short_key(shown) in text
            if isinstance(question, Numeric):
                assert f"Variant {variant}: {short_key(shown)} ± 0.5 square kilometres" in text
    for words in (
        "Answer key",
        "not for students",
        "Herat (920 m)",
        "also accepted: Hindukush, Paropamisus",
        "right marks minus wrong marks, out of 3",
        "of all 6 pairs of items",
        "Facts as of 7 April 2026.",
        "source: Work atlas",
    ):
        assert words in text, words


def test_a_key_reads_row_by_row():
    sheets = {v: [present(q, f"autumn/{v}") for q in QUESTIONS] for v in "ABCD"}
    page = key_page(sheets, title=TITLE, cohort="autumn", points={}, cite=lambda s: s.key)
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in body.split("</tr>")[:-1]]
    for i, row in enumerate(cells):
        assert [cell.split(" ±")[0] for cell in row[:-1]] == [
            short_key(shown[i]) for shown in sheets.values()
        ]
    assert "<script" not in page and 'Rivers &amp; "towns" &lt;1&gt;' in page


@pytest.mark.parametrize("variants", ["", "AA", "a", "A1"])
def test_variants_are_different_capital_letters(tmp_path, variants):
    with pytest.raises(CourseError, match="variants"):
        write_paper(QUESTIONS, title="T", cohort="c", variants=variants, points={}, target=tmp_path)


def test_a_missing_browser_is_said_with_its_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(chromium.shutil, "which", lambda _: None)
    with pytest.raises(CourseError, match="No browser") as caught:
        write_paper(QUESTIONS, title="T", cohort="c", variants="A", points={}, target=tmp_path)
    assert "apt-get install chromium" in caught.value.remedy


def test_a_browser_that_fails_at_the_end_is_said_and_nothing_is_written(tmp_path, monkeypatch):
    browser = tmp_path / "browser"
    browser.write_text(
        "#!/bin/sh\n"
        'for word; do case "$word" in\n'
        '--print-to-pdf=*) echo PDF > "${word#*=}"; made="${word#*=}" ;;\n'
        "*answer-key.html) rm \"$made\"; echo 'out of ink' >&2; exit 1 ;;\n"
        "esac; done\n",
        encoding="utf-8",
    )
    browser.chmod(0o755)
    monkeypatch.setattr(chromium, "BROWSERS", (str(browser),))
    folder = tmp_path / "printed"
    with pytest.raises(CourseError, match="did not print: out of ink") as caught:
        write_paper(QUESTIONS, title="T", cohort="c", variants="AB", points={}, target=folder)
    assert caught.value.file == folder / "answer-key.pdf"
    assert not folder.exists()


def test_a_lesson_and_a_blueprint_of_the_course_can_be_printed(tmp_path):
    for what, least in (("7", 12), ("quiz-07", 10)):
        printed = export_paper(
            COURSE, what, use="graded", cohort="spring", variants="A", target=tmp_path / what
        )
        assert f"{least}." in text_of(printed.quizzes[0])
        assert "Quiz 7: The network, 2001–2021" in text_of(printed.key)


def test_the_verb_prints_where_the_files_are(tmp_path, monkeypatch):
    monkeypatch.chdir(COURSE.root)
    bank = COURSE.assessments / "practice" / "07-the-network.yaml"
    options = ["--use", "practice", "--cohort", "c", "--variants", "A", "--output", str(tmp_path)]
    result = CliRunner().invoke(main, ["quiz", "paper", str(bank), *options])
    written = [str(tmp_path / name) for name in ("quiz-A.pdf", "answer-key.pdf")]
    assert (result.exit_code, result.output.split()) == (0, written)


@pytest.mark.parametrize("what", ["99", "missing.yaml", "no-such-blueprint"])
def test_what_is_not_there_is_said(tmp_path, what):
    with pytest.raises(
        (CourseError, CourseErrors), match=r"has no graded|not there|no blueprint"
    ) as caught:
        export_paper(COURSE, what, use="graded", cohort="c", variants="A", target=tmp_path)
    assert "Remedy:" in str(caught.value)
