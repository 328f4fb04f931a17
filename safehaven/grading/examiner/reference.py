"""What the instructor's own answers show about the tests of a notebook.

The instructor's notebook is run once as a submission is. It shows for each test which names are
the student's, and whether the test can be examined apart from the student's code. A student
cannot move a test into the student's kernel that the instructor's answers leave outside.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

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
    """

    source: str
    way: Way
    students: frozenset[str] = frozenset()
    imports: Mapping[str, str] = field(default_factory=dict)


_MODULE = "module:"

#: What was seen, by the grade_id of the test.
Reference = Mapping[str, Seen]


def seen(
    source: str,
    used: Mapping[str, Any],
    imports: Mapping[str, str],
    *,
    apart: float,
    together: float | None,
) -> Seen:
    """Say what one run of a test showed.

    Args:
        source: the test.
        used: names and how they were found, as the examiner's process says.
        imports: names that an import bound, with the statements.
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
    return Seen(source, way, frozenset(used) - modules.keys(), {**imports, **modules})


def once(file: Path, learn: Callable[[], Reference]) -> Reference:
    """Give what is kept in a file; where nothing is, learn it while other processes wait.

    Args:
        file: where it is kept, out of a student's reach.
        learn: runs the instructor's notebook.
    """
    with file.open("a+", encoding="utf-8") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        kept.seek(0)
        text = kept.read()
        if text:
            return {name: _loaded(one) for name, one in json.loads(text).items()}
        found = learn()
        kept.write(json.dumps({name: _kept(one) for name, one in found.items()}))
        return found


def _kept(one: Seen) -> dict[str, Any]:
    return asdict(one) | {"students": sorted(one.students)}


def _loaded(one: dict[str, Any]) -> Seen:
    return Seen(**one | {"students": frozenset(one["students"])})
