from __future__ import annotations

import pytest

from safehaven.book.claims import Claim, claim_markdown, read_claims
from tests.mini_course import spoil


def claim(**changes: str) -> Claim:
    values = {
        "claim_id": "C01",
        "paragraph": "P5",
        "claim_text": "It might come.",
        "kind": "forecast",
        "estimative_word": "might",
        "check": "partly",
        "note": "It came in part.",
        "source_title": "A work",
        "source_url": "",
        "source_keys": "work; other",
    }
    return Claim.model_validate(values | changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Forecast, in the word ‘might’, paragraph 5. It came in part."),
        ({"estimative_word": "will not"}, "in the words ‘will not’"),
        ({"paragraph": "P0"}, ", lead. "),
        ({"kind": "historical fact", "estimative_word": ""}, "Historical fact, paragraph 5."),
        ({"source_keys": ""}, "It came in part."),
    ],
)
def test_a_claim_is_told_in_words(changes, said):
    text = "\n".join(claim_markdown(claim(**changes)))
    assert said in text
    assert "{verdict}`partly`" in text


def test_all_works_are_cited():
    assert "{cite:p}`work,other`" in claim_markdown(claim())[1]


def test_a_bad_row_is_named_and_the_rest_is_read(mini_course):
    file = mini_course.data / "facts" / "claims.csv"
    with file.open("a", encoding="utf-8") as stream:
        stream.write("C02,P0,It is not.,historical fact,,sure,No.,A work,,work\n")
    claims, (error,) = read_claims(file)
    assert list(claims) == ["C01"]
    assert "claims.csv:3:" in str(error)
    assert "confirmed" in error.remedy


def test_an_unknown_column_is_named(mini_course):
    file = mini_course.data / "facts" / "claims.csv"
    spoil(file, "source_keys", "keys")
    _, errors = read_claims(file)
    assert errors
