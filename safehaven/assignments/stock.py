"""Stock nbgrader, reached through its own Python interface."""

from __future__ import annotations

import os
import re
import shutil
import sysconfig
from typing import TYPE_CHECKING, Any

from safehaven.folders import MARKER, CourseFolders

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI

#: A gradebook refuses an assignment whose cells changed after somebody submitted it.
SUBMISSIONS_EXIST = "there are submissions associated with it"


def nbgrader_api(folders: CourseFolders) -> NbGraderAPI:
    """Stock nbgrader for one course, configured by that course's own nbgrader_config.py."""
    # Loading nbgrader takes seconds, so only a command that uses it pays for it.
    from nbgrader.apps import NbGraderAPI
    from traitlets.config.loader import PyFileConfigLoader

    find_programs()
    config = PyFileConfigLoader(MARKER, path=str(folders.root)).load_config()
    config.CourseDirectory.root = str(folders.root)
    return NbGraderAPI(config=config)


def find_programs() -> None:
    """Put the programs of this environment on the PATH, where it is not activated.

    nbgrader makes a gradebook with the program 'alembic', which lies beside 'nbgrader'.
    """
    if shutil.which("alembic") is None:
        paths = [sysconfig.get_path("scripts"), os.environ.get("PATH", "")]
        os.environ["PATH"] = os.pathsep.join(filter(None, paths))


def reason(result: dict[str, Any]) -> str:
    """Why a call of nbgrader's interface failed, in one line."""
    lines = [line.strip() for line in str(result.get("log", "")).splitlines()]
    # nbgrader logs the traceback of the cause; its last line names the cause.
    causes = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)]
    errors = [line.removeprefix("[ERROR] ") for line in lines if line.startswith("[ERROR]")]
    last = str(result.get("error", "")).strip().splitlines()[-1:]
    return " ".join((causes or errors or last or ["no reason given"])[-1].split()).rstrip(".")
