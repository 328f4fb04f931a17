"""The strip of claims on the front page."""

from __future__ import annotations

from xml.etree import ElementTree

from safehaven.book.claim_strip import strip_html
from safehaven.book.claims import Claim


def claims(*verdicts: str) -> list[Claim]:
    blank = dict.fromkeys(Claim.model_fields, "")
    return [Claim.model_validate({**blank, "check": verdict}) for verdict in verdicts]


def test_each_claim_is_a_square_and_each_verdict_is_counted_in_words():
    text = strip_html(claims("confirmed", "not verifiable", "confirmed"), "claims.html")
    tree = ElementTree.fromstring(text)
    squares = tree.find("div")
    assert [square.get("class") for square in squares] == [
        "square square-confirmed",
        "square square-not-verifiable",
        "square square-confirmed",
    ]
    assert squares.get("aria-hidden") == "true"
    said = [" ".join("".join(entry.itertext()).split()) for entry in tree.iter("li")]
    assert said == [
        "2 confirmed: the evidence read supports it",
        "1 not verifiable: no open source can settle it",
    ]
    assert [link.get("href") for link in tree.iter("a")] == ["claims.html"]


def test_a_course_without_claims_has_no_strip():
    assert strip_html([], "claims.html") == ""
