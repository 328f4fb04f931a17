"""The sandbox of this process, by which Jupyter's kernels find it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from safehaven.errors import CourseError
from safehaven.grading.sandbox.server import Sandbox
from safehaven.grading.sandbox.specification import KERNEL_NAME

_JUPYTER_PATH = "JUPYTER_PATH"
_active: list[Sandbox] = []


def current() -> Sandbox:
    """The sandbox that kernels of this process are forked in.

    Raises:
        CourseError: there is none.
    """
    if not _active:
        raise CourseError(
            f"The kernel {KERNEL_NAME!r} runs only while a sandbox is open.",
            file=KERNEL_NAME,
            remedy="Grade with 'safehaven grade', which opens one.",
        )
    return _active[-1]


@contextmanager
def use(sandbox: Sandbox) -> Iterator[Sandbox]:
    """Make a started sandbox the current one, so that `KERNEL_NAME` names a kernel in it."""
    jupyter = sandbox.folder / "jupyter"
    before = os.environ.get(_JUPYTER_PATH)
    os.environ[_JUPYTER_PATH] = os.pathsep.join(filter(None, (str(jupyter), before)))
    _active.append(sandbox)
    try:
        yield sandbox
    finally:
        _active.remove(sandbox)
        if before is None:
            os.environ.pop(_JUPYTER_PATH, None)
        else:
            os.environ[_JUPYTER_PATH] = before
