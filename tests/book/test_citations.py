from __future__ import annotations

import pytest
from pybtex.database import parse_string

from safehaven.book.citations import check_citations, cited_keys, short_name


def test_keys_are_found_with_their_lines():
    text = "One {cite:p}`a,b{p. 3}`.\n\nTwo {cite:t}`c`, {cite}`d` and {term}`e`."
    assert list(cited_keys(text)) == [(1, "a"), (1, "b"), (3, "c"), (3, "d")]


def test_an_unknown_work_is_named_with_its_line(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Text.\n\n{cite:p}`nobody2001`\n", encoding="utf-8")
    works = parse_string("@book{somebody, title = {T}, year = 2000}", "bibtex")
    (error,) = check_citations([page], works)
    assert "page.md:3:" in str(error)
    assert "nobody2001" in str(error)


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Rassler, Don", "Rassler (2011)"),
        ("Rassler, Don and Brown, Vahid", "Rassler and Brown (2011)"),
        ("Strick van Linschoten, Alex and Kuehn, Felix", "Strick van Linschoten and Kuehn (2011)"),
        ("Davies, A. and Pettersson, B. and Öberg, C.", "Davies et al. (2011)"),
        ("{{UN Monitoring Team}}", "UN Monitoring Team (2011)"),
    ],
)
def test_a_work_is_named_as_the_text_names_it(author, name):
    entry = parse_string(f"@book{{k, author = {{{author}}}, title = {{T}}, year = 2011}}", "bibtex")
    assert short_name(entry.entries["k"]) == name


def test_a_work_without_author_is_named_by_its_publisher():
    text = "@misc{k, title = {T}, howpublished = {{FDD}'s Journal}, year = 2020}"
    assert short_name(parse_string(text, "bibtex").entries["k"]) == "FDD's Journal (2020)"
