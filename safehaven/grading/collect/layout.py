"""Whose file is it? The names that Canvas and Moodle give to what they pack.

Canvas (https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb) packs all files
side by side: the name in small letters without spaces, LATE where it was late, the number of the
user, the number of the file, the student's own file name, joined by underscores; typed texts and
addresses end in '_text.html' and '_link.html', and an anonymous user is 'anon_' and some letters.

Moodle (https://github.com/moodle/moodle/blob/main/mod/assign/classes/downloader.php) makes a folder
'Full name_number_assignsubmission_file_' for each student, or, without folders, puts the same in
front of each file; in a name '_' becomes a space. Its number belongs to the student in this one
assignment only ("Participant 123" in the grading worksheet), so a list must say who it is.

Whatever else comes is taken as folders, each named by a student's id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

from safehaven.grading.collect.items import Item, refusal
from safehaven.grading.collect.model import Refused, Unusable

Layout = Literal["canvas", "moodle", "folders"]

#: Looked for at every place of a name: a student may be called 'x_999'.
_CANVAS = re.compile(
    r"(?=(?P<late>_LATE)?_(?P<user>\d+|anon_[A-Za-z0-9]+)_(?P<file>\d+)_(?P<name>.+))", re.DOTALL
)
_CANVAS_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<user>anon_[A-Za-z0-9]+)_(?P<file>\d+)_(?P<name>.+)", re.DOTALL
)
_CANVAS_TYPED = re.compile(r"(.+_\d+|(.+_)?anon_[A-Za-z0-9]+)_(text|link)\.html", re.DOTALL)
_COUNTED = re.compile(r"(.+?)(?:-\d+|\s*\(\d+\))\.ipynb", re.DOTALL)
_MOODLE = re.compile(
    r"(?P<who>[^_]*)_(?P<user>\d+)_assignsubmission_(?P<kind>[a-z]+)(_(?P<name>.*))?", re.DOTALL
)

_TYPED = Unusable(
    "It was typed into the learning platform; there is no file.", "Ask for the notebook as a file."
)
_NOBODY = Unusable(
    "Its name does not tell whose it is.",
    "Put it into a folder named by the student's id, and collect that folder.",
)


@dataclass(frozen=True)
class Known:
    """What is known of the class and the assignment, to read names by.

    Attributes:
        assignment: the assignment's name; in a student's folder it may be a folder of its own.
        notebooks: the names of its notebooks, with their ending.
        keys: the keys that a list names; None where there is no list.
    """

    assignment: str
    notebooks: frozenset[str] = frozenset()
    keys: Collection[str] | None = None


@dataclass(frozen=True)
class Part:
    """A file of a hand-in.

    Attributes:
        item: where to copy it from.
        parts: its path in the hand-in.
        rank: grows with every upload, where the platform tells; otherwise 0.
    """

    item: Item
    parts: tuple[str, ...]
    rank: int = 0


@dataclass
class HandIn:
    """What one person handed in.

    Attributes:
        key: how the source names the person: a number of the platform, or the student's id.
        files: the files.
        late: whether the platform marks it as late.
    """

    key: str
    files: list[Part] = field(default_factory=list)
    late: bool = False


def layout_of(items: Iterable[Item]) -> Layout:
    """Who packed this, by the names of most of what lies at the top."""
    tops: dict[str, bool] = {}
    for item in items:
        tops[item.parts[0]] = tops.get(item.parts[0], False) or len(item.parts) > 1
    moodle = sum(bool(_MOODLE.fullmatch(name)) for name in tops)
    canvas = sum(not folder and _is_canvas(name) for name, folder in tops.items())
    if 2 * max(moodle, canvas) <= len(tops):
        return "folders"
    return "moodle" if moodle >= canvas else "canvas"


def _is_canvas(name: str) -> bool:
    return bool(_CANVAS_TYPED.fullmatch(name)) or bool(_canvas(name))


def unwrapped(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items without the one folder that somebody packed a download into."""
    inner = tuple(Item(item.parts[1:], item.size, item.copy) for item in items)
    one = len({item.parts[0] for item in items}) == 1
    if one and all(item.parts for item in inner) and layout_of(items) == "folders":
        return inner if inner and layout_of(inner) != "folders" else items
    return items


def hand_ins(
    items: Iterable[Item], layout: Layout, known: Known
) -> tuple[list[HandIn], list[Refused]]:
    """The files person by person, in the order of their keys; and those that are nobody's.

    Args:
        items: the files.
        layout: who packed them.
        known: what is known of the class and the assignment.
    """
    found: defaultdict[str, HandIn] = defaultdict(lambda: HandIn(""))
    refused = []
    for item in items:
        try:
            key, part, late = _READERS[layout](item, known)
        except Unusable as error:
            refused.append(refusal(item.path, error))
        else:
            hand_in = found[key]
            hand_in.key = key
            hand_in.files.append(part)
            hand_in.late = hand_in.late or late
    return [found[key] for key in sorted(found)], refused


_Read = tuple[str, Part, bool]


def _from_canvas(item: Item, known: Known) -> _Read:
    if len(item.parts) > 1:
        raise _NOBODY
    readings = _likely(_canvas(item.parts[0]), known)
    if not readings:
        raise _TYPED if _CANVAS_TYPED.fullmatch(item.parts[0]) else _NOBODY
    if len(readings) > 1:
        users = " or ".join(reading.user for reading in readings)
        raise Unusable(
            f"Its name can be that of the user {users} of Canvas.",
            "Give a list of the class with --students, or put the file in its place by hand.",
        )
    found = readings[0]
    name = original_name(found.name, known.notebooks)
    return found.user, Part(item, (name,), found.file), found.late


def original_name(name: str, notebooks: Collection[str]) -> str:
    """The name that a notebook had before Canvas, or a browser, counted it: 'ex-1', 'ex (1)'.

    One count after another is taken off, because 'quiz-07' itself ends like one.
    """
    shorter = name
    while shorter not in notebooks:
        found = _COUNTED.fullmatch(shorter)
        if found is None:
            return name
        shorter = f"{found[1]}.ipynb"
    return shorter


@dataclass(frozen=True)
class _Reading:
    """A way to read a name that Canvas gave."""

    user: str
    file: int
    name: str
    late: bool


def _likely(readings: list[_Reading], known: Known) -> list[_Reading]:
    """Where a name can be read in several ways, those in which a user or a notebook is known."""
    by_notebook = [r for r in readings if original_name(r.name, known.notebooks) in known.notebooks]
    by_user = [r for r in readings if known.keys is not None and r.user in known.keys]
    for likely in (by_notebook, by_user):
        if len(readings) > 1 and len(likely) == 1:
            return likely
    return readings


def _canvas(name: str) -> list[_Reading]:
    """All ways to read a name, one for each user that it can be of."""
    anonymous = _CANVAS_ANONYMOUS.fullmatch(name)
    found = [anonymous] if anonymous else [one for one in _CANVAS.finditer(name) if one.start()]
    readings: dict[str, _Reading] = {}
    for one in found:
        reading = _Reading(one["user"], int(one["file"]), one["name"], bool(one["late"]))
        readings.setdefault(reading.user, reading)
    return list(readings.values())


def _from_moodle(item: Item, _: Known) -> _Read:
    found = _MOODLE.fullmatch(item.parts[0])
    if found is None:
        raise _NOBODY
    if found["kind"] != "file":
        raise _TYPED
    inner = item.parts[1:] or (found["name"] or "",)
    if not inner[0]:
        raise _NOBODY
    return found["user"], Part(item, inner), False


def _from_folder(item: Item, known: Known) -> _Read:
    student, *inner = item.parts
    if len(inner) > 1 and inner[0] == known.assignment:
        inner = inner[1:]
    if not inner:
        raise _NOBODY
    return student, Part(item, tuple(inner)), False


_READERS = {"canvas": _from_canvas, "moodle": _from_moodle, "folders": _from_folder}
