"""The claims of the 2021 paper: one table, shown lesson by lesson."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from safehaven.errors import CourseError

Verdict = Literal["confirmed", "partly", "contradicted", "contested", "not verifiable"]

#: What each verdict means to a reader.
VERDICTS: dict[str, str] = {
    "confirmed": "the evidence read supports it",
    "partly": "true in part, or true with a correction",
    "contradicted": "the evidence read speaks against it",
    "contested": "good sources disagree",
    "not verifiable": "no open source can settle it",
}


class Claim(BaseModel):
    """One statement of the paper, with what became of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim_id: str
    paragraph: str
    claim_text: str
    kind: str
    estimative_word: str
    check: Verdict
    note: str
    source_title: str
    source_url: str
    source_keys: str

    @property
    def keys(self) -> list[str]:
        """The keys of the works that the verdict rests on."""
        return [key.strip() for key in self.source_keys.split(";") if key.strip()]

    @property
    def is_forecast(self) -> bool:
        """Whether the paper said what would happen, rather than what was."""
        return self.kind == "forecast"


def read_claims(file: Path) -> tuple[dict[str, Claim], list[CourseError]]:
    """Read the claims table; a bad row comes back as an error, the rest as claims."""
    claims: dict[str, Claim] = {}
    errors: list[CourseError] = []
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            line = reader.line_num
            try:
                claim = Claim.model_validate(row)
            except ValidationError as error:
                detail = error.errors()[0]
                errors.append(
                    CourseError(
                        f"{detail['loc'][0]}: {detail['msg']}.",
                        file=file,
                        line=line,
                        remedy=f"Verdicts: {', '.join(get_args(Verdict))}; see datapackage.json.",
                    )
                )
                continue
            claims[claim.claim_id] = claim
    return claims, errors


def claim_markdown(claim: Claim) -> list[str]:
    """One claim as a definition: what was said, the verdict, why and by which source."""
    sources = f" {{cite:p}}`{','.join(claim.keys)}`" if claim.keys else ""
    number = int(claim.paragraph[1:])
    place = f"paragraph {number}" if number else "lead"
    return [
        f"**{claim.claim_id}** {claim.claim_text}",
        f": {{verdict}}`{claim.check}` {_kind(claim)}, {place}. {claim.note}{sources}",
        "",
    ]


def _kind(claim: Claim) -> str:
    """Whether it is a forecast, and in which words it says how likely a thing is."""
    if not claim.is_forecast:
        return claim.kind.capitalize()
    words = "words" if " " in claim.estimative_word else "word"
    return f"Forecast, in the {words} ‘{claim.estimative_word}’"
