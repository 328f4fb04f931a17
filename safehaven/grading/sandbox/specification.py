"""The kernel specification by which Jupyter finds the sandbox."""

from __future__ import annotations

import json
from pathlib import Path

#: Name of the kernel, and of the provisioner in this package's entry points.
KERNEL_NAME = "safehaven-sandbox"
_SPECIFICATION = {
    "argv": ["forked"],
    "display_name": "Python in the sandbox",
    "language": "python",
    "metadata": {"kernel_provisioner": {"provisioner_name": KERNEL_NAME}},
}


def write(folder: Path) -> None:
    """Write the kernel specification into a folder of Jupyter data, one of `JUPYTER_PATH`."""
    place = folder / "kernels" / KERNEL_NAME
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(_SPECIFICATION), encoding="utf-8")
