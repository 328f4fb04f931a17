"""Where a course teaches what a task asks, as the course itself says it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from safehaven.assignments.notebook import REREADS


def places(notebook: Path) -> Mapping[str, str]:
    """For grade_ids of tasks, the place to read again, such as a lesson and its section.

    An instructor's notebook can hold them in its metadata, under `safehaven_reread`.

    Args:
        notebook: the instructor's notebook.

    Returns:
        Nothing where the notebook, or the key, is not there.
    """
    try:
        changed = notebook.stat().st_mtime_ns
    except OSError:
        return {}
    return _read(notebook, changed)


@lru_cache(maxsize=16)
def _read(notebook: Path, changed: int) -> Mapping[str, str]:
    del changed  # a notebook is read anew when it has changed
    try:
        content: Any = json.loads(notebook.read_text(encoding="utf-8"))
        found = content["metadata"][REREADS]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, Mapping) else {}
