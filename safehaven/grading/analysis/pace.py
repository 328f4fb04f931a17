"""When work was handed in, how often, and how long it took, as far as that is written anywhere.

nbgrader keeps the moment of the last handing in. Earlier ones lie in the exchange, where there is
one. A notebook tells how long it was worked on only if JupyterLab recorded the times of its cells.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from math import fsum
from pathlib import Path
from typing import Any

from safehaven.grading.analysis.model import Assignment
from safehaven.grading.analysis.results import Pace

#: Minutes without a cell after which the student is taken to have paused.
PAUSE = 20.0
_STARTED = ("iopub.execute_input", "shell.execute_reply.started", "iopub.status.busy")


def pace(test: Assignment, submitted: Path, inbound: Path | None) -> Pace:
    """What is known of an assignment.

    Args:
        test: the assignment.
        submitted: the folder with a folder for each student.
        inbound: where students hand in, in nbgrader's exchange; None where there is none.
    """
    there = [sitting for sitting in test.sittings if sitting.handed_in is not None]
    dated = [sitting for sitting in there if sitting.late is not None]
    before = [
        (test.due - sitting.handed_in).total_seconds() / 3600
        for sitting in dated
        if test.due and sitting.handed_in and not sitting.late
    ]
    return Pace(
        handed_in=len(there),
        late=sum(bool(sitting.late) for sitting in dated) if dated else None,
        hours_before=tuple(sorted(hours for hours in before if hours >= 0)),
        minutes=dict(_minutes(test, submitted)),
        attempts=attempts(test.name, inbound) if inbound else {},
    )


def attempts(assignment: str, inbound: Path) -> dict[str, int]:
    """How often each student handed an assignment in: the exchange names student+work+time."""
    try:
        names = [folder.name.split("+") for folder in inbound.iterdir() if folder.is_dir()]
    except OSError:
        return {}
    return dict(Counter(parts[0] for parts in names if len(parts) > 2 and parts[1] == assignment))


def _minutes(test: Assignment, submitted: Path) -> Iterator[tuple[str, float]]:
    for sitting in test.sittings:
        folder = submitted / sitting.student / test.name
        moments = sorted(m for file in folder.glob("*.ipynb") for m in _moments(file))
        if len(moments) > 1:
            gaps = itertools.pairwise(moments)
            minutes = [(after - before).total_seconds() / 60 for before, after in gaps]
            yield sitting.student, fsum(gap for gap in minutes if gap <= PAUSE)


def _moments(file: Path) -> Iterator[datetime]:
    """When the cells of a notebook were last run by the student."""
    try:
        cells: Any = json.loads(file.read_bytes())["cells"]
        for cell in cells:
            yield from _moment(cell)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return


def _moment(cell: Mapping[str, Any]) -> Iterator[datetime]:
    times = cell.get("metadata", {}).get("execution", {})
    for name in _STARTED:
        if isinstance(times.get(name), str):
            moment = datetime.fromisoformat(times[name])
            if moment.tzinfo is not None:
                yield moment
                return
