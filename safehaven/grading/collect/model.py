"""What was collected, and what was refused."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from safehaven.grading.outcome import printable

Change = Literal["new", "replaced", "unchanged", "kept the earlier one"]


class Unusable(Exception):
    """A file, or a whole hand-in, that is refused.

    Attributes:
        reason: what is wrong with it, a sentence.
        remedy: what to do, a sentence.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True)
class Refused:
    """Something that was not collected.

    Attributes:
        file: the file or folder, as it is named in the source; made safe to print.
        reason: what is wrong with it, a sentence.
        remedy: what to do, a sentence.
        student: whose it is; empty where that is not known.
    """

    file: str
    reason: str
    remedy: str
    student: str = ""

    def __str__(self) -> str:
        whose = f"{printable(self.student)}: " if self.student else ""
        return f"refused: {whose}{self.file}: {self.reason} Remedy: {self.remedy}"


@dataclass(frozen=True)
class Collected:
    """A student's submission.

    Attributes:
        student: the id in the course.
        files: what was written, relative to the submission; empty where nothing was.
        change: whether it is new, or what became of an earlier one.
        submitted: when it was handed in, in UTC; None where the source does not tell.
        late: whether the learning platform marks it as late.
        notes: what an instructor should know, sentences.
    """

    student: str
    files: tuple[str, ...]
    change: Change
    submitted: datetime | None = None
    late: bool = False
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        when = f", handed in {self.submitted:%Y-%m-%d %H:%M} UTC" if self.submitted else ""
        late = ", marked as late" if self.late else ""
        notes = "".join(f" {note}" for note in self.notes)
        return f"{printable(self.student)}: {self.change}{when}{late}.{notes}"


@dataclass(frozen=True)
class Collection:
    """What one call collected.

    Attributes:
        assignment: the assignment's name.
        source: what it came from: "canvas", "moodle", "folders" or "exchange".
        collected: one for each student.
        refused: files and whole submissions.
        said: what nbgrader's exchange said that an instructor should know.
    """

    assignment: str
    source: str
    collected: tuple[Collected, ...]
    refused: tuple[Refused, ...]
    said: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts: dict[str, int] = {}
        for one in self.collected:
            counts[one.change] = counts.get(one.change, 0) + 1
        said = [f"{count} {change}" for change, count in counts.items()] or ["nothing"]
        return f"Collected: {', '.join(said)}. Refused: {len(self.refused)}."

    def as_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        data = asdict(self)
        for one in data["collected"]:
            one["submitted"] = one["submitted"].isoformat() if one["submitted"] else None
        return data
