"""Load once, before the first fork, what every kernel would load and work out for itself."""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
from collections.abc import Iterable

#: What a kernel imports while it starts and while it runs its first cells. A name that another
#: version does not know is left out.
_USED_BY_EVERY_KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics.execution",
    "IPython.core.oinspect",
    "IPython.core.ultratb",
    "IPython.extensions.storemagic",
    "IPython.lib.pretty",
    "IPython.utils.wildcard",
    "faulthandler",
    # Not the backend for notebooks, which looks for its kernel when it is imported.
    "matplotlib.backends.backend_agg",
    "pdb",
    "pygments.formatters.terminal256",
    "pygments.lexers.python",
    "pygments.styles.default",
    "stack_data",
    "tornado.platform.asyncio",
    "tornado.queues",
)


def load(names: Iterable[str]) -> list[str]:
    """Import modules, and use them once, so that they work out what they keep.

    The debugger is left out: nobody debugs a kernel that is graded, and it would cost each of
    them as much time as everything else.

    Args:
        names: modules besides those that every kernel uses.

    Returns:
        The names of those that are there.
    """
    sys.modules["debugpy"] = None  # type: ignore[assignment] # the import system's word for 'no'
    try:
        for name in _USED_BY_EVERY_KERNEL:
            _import(name)
    finally:
        del sys.modules["debugpy"]
    found = [name for name in names if _import(name)]
    # Whatever goes wrong here goes wrong again, and is seen, where it matters.
    with contextlib.suppress(Exception):
        _show_an_error()
    with contextlib.suppress(Exception):
        _show_a_table()
    return found


def _import(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _show_an_error() -> None:
    """Format a traceback: the first one takes several times as long as the next."""
    ultratb = sys.modules["IPython.core.ultratb"]
    try:
        raise ValueError
    except ValueError:
        ultratb.FormattedTB(mode="Context").structured_traceback(*sys.exc_info())


def _show_a_table() -> None:
    pandas = sys.modules["pandas"]
    table = pandas.read_csv(io.StringIO("name,number\na,1\nb,2"))
    table.groupby("name")["number"].sum().describe().to_frame()._repr_html_()
