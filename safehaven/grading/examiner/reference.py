"""What the instructor's own answers show about the tests of a notebook.

The instructor's notebook is run once as a submission is. It shows for each test which names are
the student's, and whether the test can be examined apart from the student's code. A student
cannot move a test into the student's kernel that the instructor's answers leave outside.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from safehaven.grading.sandbox import Limits, Sandbox

#: How a test is run: apart from the student's code; beside it, because it passes only there; or
#: apart as far as possible, where the instructor's answers do not show which.
Way = Literal["apart", "together", "either"]


@dataclass(frozen=True)
class Seen:
    """What the instructor's answers showed about one test.

    Attributes:
        source: the test.
        way: how it is run.
        students: names whose values are the student's.
        imports: names that the instructor's cells or answers import, with the statements.
        objects: what it asks of objects of the student's classes: apart, None where it meets none
            of them; together, of plain values alone, and None where that is not known.
    """

    source: str
    way: Way
    students: frozenset[str] = frozenset()
    imports: Mapping[str, str] = field(default_factory=dict)
    objects: tuple[str, ...] | None = None


_MODULE = "module:"

#: What was seen, by the grade_id of the test.
Reference = Mapping[str, Seen]


def seen(
    source: str,
    used: Mapping[str, Any],
    imports: Mapping[str, str],
    objects: Sequence[str] | None = None,
    *,
    apart: float,
    together: float | None,
) -> Seen:
    """Say what one run of a test showed.

    Args:
        source: the test.
        used: names and how they were found, as the examiner's process says.
        imports: names that an import bound, with the statements.
        objects: what it asked of objects, as the examiner's process says.
        apart: the share of its points that it gave apart from the student's code, 0 to 1.
        together: the share that it gave in the student's kernel; None where that was not tried.
    """
    way: Way = "apart" if apart >= 1 else "either"
    if together is not None and together > apart:
        way = "together"
    modules = {
        name: f"import {how.removeprefix(_MODULE)} as {name}"
        for name, how in used.items()
        if how.startswith(_MODULE)
    }
    students = frozenset(used) - modules.keys()
    asked = tuple(objects) if objects is not None and way != "either" else None
    return Seen(source, way, students, {**imports, **modules}, asked)


def limits_of(students: Limits) -> Limits:
    """Give the limits under which the instructor's notebook runs.

    That the machine is slow, or the time is short on purpose, says nothing about a test.

    Args:
        students: the limits of the submissions.
    """
    usual = Limits()
    return replace(
        students,
        cell_seconds=max(students.cell_seconds, usual.cell_seconds),
        notebook_seconds=max(students.notebook_seconds, usual.notebook_seconds),
        cpu_seconds=max(students.cpu_seconds, usual.cpu_seconds),
    )


@contextmanager
def sandbox_of(students: Sandbox) -> Iterator[Sandbox]:
    """Give the sandbox in which the instructor's notebook runs; one of its own where needed."""
    limits = limits_of(students.limits)
    if limits == students.limits:
        yield students
        return
    with Sandbox(
        limits,
        contained=students.contained,
        preload=students.preload,
        read_only=students.read_only,
        hidden=students.hidden,
    ) as own:
        yield own


def once(file: Path, learn: Callable[[], tuple[Reference, bool]]) -> Reference:
    """Give what is kept in a file; where nothing is, learn it while other processes wait.

    Args:
        file: where it is kept, out of a student's reach.
        learn: runs the instructor's notebook; gives what it shows, and whether that is all.
    """
    with file.open("a+", encoding="utf-8") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        kept.seek(0)
        text = kept.read()
        if text:
            return {name: _loaded(one) for name, one in json.loads(text).items()}
        found, is_all = learn()
        if is_all:
            kept.write(json.dumps({name: _kept(one) for name, one in found.items()}))
        return found


def _kept(one: Seen) -> dict[str, Any]:
    return asdict(one) | {"students": sorted(one.students)}


def _loaded(one: dict[str, Any]) -> Seen:
    objects = None if one["objects"] is None else tuple(one["objects"])
    return Seen(**one | {"students": frozenset(one["students"]), "objects": objects})
