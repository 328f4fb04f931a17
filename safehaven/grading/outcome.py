"""What became of a submission: its status, what was noted, and the points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Status = Literal["graded", "graded with notes", "ungradable", "tampered", "missing"]

#: All statuses, in the order in which a report counts them.
STATUSES: tuple[Status, ...] = get_args(Status)

#: The kind of note that makes a submission 'tampered'.
TAMPERING = "tampering"

#: Unicode categories that could break a line, hide text or drive a terminal.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


@dataclass(frozen=True)
class Note:
    """Something that an instructor should know about a submission.

    Attributes:
        kind: what sort of thing, a short word in lower case with hyphens ("renamed").
        text: a plain sentence. It may quote names and text of a student: hostile.
        notebook: the notebook's name in the gradebook, without its ending; empty for all.
        cell: the grade_id of the cell; empty where it concerns no single cell.
    """

    kind: str
    text: str
    notebook: str = ""
    cell: str = ""

    def as_dict(self) -> dict[str, str]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Note:
        """The note that `as_dict` gave; a key of a later version is passed over."""
        return cls(*(str(data.get(key, "")) for key in ("kind", "text", "notebook", "cell")))


@dataclass(frozen=True)
class Outcome:
    """What became of one student's submission of one assignment.

    Attributes:
        student: the student's id in the gradebook.
        assignment: the assignment's name.
        status: "missing" means that an enrolled student handed nothing in.
        notes: what an instructor should know.
        reason: why it could not be graded, in words for the student; empty otherwise.
        score: the points in the gradebook; None where nothing was graded.
        maximum: the points that the assignment can give; None where it is not known.
        late_seconds: how late it was handed in, in seconds; 0 where it was in time.
        needs_manual: whether points wait to be given by a person.
        seconds: how long the grading took, in seconds.
    """

    student: str
    assignment: str
    status: Status
    notes: tuple[Note, ...] = ()
    reason: str = ""
    score: float | None = None
    maximum: float | None = None
    late_seconds: float = 0.0
    needs_manual: bool = False
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """As JSON keeps it.

        A student's id may hold what UTF-8 cannot (a folder's name is bytes), so write it with
        `json.dumps(..., ensure_ascii=True)`, the default.
        """
        return asdict(self) | {"notes": [note.as_dict() for note in self.notes]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Outcome:
        """The outcome that `as_dict` gave; a key of a later version is passed over.

        Raises:
            ValueError: the status is none of those known, or a number is none.
            KeyError: the student, the assignment or the status is missing.
        """
        status = data["status"]
        if status not in STATUSES:
            raise ValueError(f"'{status}' is no status of a submission.")
        return cls(
            student=str(data["student"]),
            assignment=str(data["assignment"]),
            status=status,
            notes=tuple(Note.from_dict(note) for note in data.get("notes", ())),
            reason=str(data.get("reason", "")),
            score=_number(data.get("score")),
            maximum=_number(data.get("maximum")),
            late_seconds=float(data.get("late_seconds", 0.0)),
            needs_manual=bool(data.get("needs_manual", False)),
            seconds=float(data.get("seconds", 0.0)),
        )


def status_of(notes: Iterable[Note], reason: str = "") -> Status:
    """The status of a submission that was handed in, by what was found.

    Args:
        notes: all that was noted.
        reason: why it could not be graded; empty where it was.
    """
    kinds = {note.kind for note in notes}
    if TAMPERING in kinds:
        return "tampered"
    if reason:
        return "ungradable"
    return "graded with notes" if kinds else "graded"


def printable(text: str, limit: int = 100) -> str:
    r"""A student's text on one line, safe for a terminal, a log and a page (not yet escaped).

    Line breaks, control characters, invisible marks and bytes that are no UTF-8 become
    `\n`, `\x1b`, `\u202e`; a text longer than `limit` characters is cut in its middle.
    """
    if len(text) > limit:
        half = (limit - 1) // 2
        text = f"{text[:half]}…{text[len(text) - half :]}"
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in _UNPRINTABLE
        else char
        for char in text
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
