"""The strip on the front page: one small square for each statement of the 2021 paper.

The squares repeat in a picture what the list below them says in words, so they are hidden from
screen readers, and each verdict has a shape of its own beside its colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from safehaven.book.claims import VERDICTS, Claim
from safehaven.render.markup import tag

#: The page that shows every claim with its evidence.
CLAIMS_PAGE = "book/reference/claims"


def strip_html(claims: Collection[Claim], claims_address: str) -> str:
    """The squares in the order of the paper, and what they mean, as well-formed XHTML.

    Args:
        claims: the statements of the paper, in its order; none gives an empty text.
        claims_address: address of the page of claims, seen from the page that holds the strip.
    """
    if not claims:
        return ""
    squares = "".join(_square(claim.check) for claim in claims)
    counts = Counter[str](claim.check for claim in claims)
    legend = (
        tag("li", _square(verdict), f" {tag('b', str(counts[verdict]))} {verdict}: {meaning}")
        for verdict, meaning in VERDICTS.items()
        if counts[verdict]
    )
    link = tag("a", f"All {len(claims)} statements, with the evidence", href=claims_address)
    return tag(
        "section",
        tag("p", f"What became of the {len(claims)} statements", class_="strip-name", id="strip"),
        tag("div", squares, class_="strip-squares", aria_hidden="true"),
        tag("ul", *legend, class_="strip-legend"),
        tag("p", link, class_="strip-all"),
        class_="claim-strip",
        aria_labelledby="strip",
    )


def _square(verdict: str) -> str:
    return tag("span", class_=f"square square-{verdict.replace(' ', '-')}", aria_hidden="true")
