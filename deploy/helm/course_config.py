"""Nbgrader in the pods of instructors: ngshare, and nothing of a student's that runs."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from ngshare_exchange import configureExchange
from only_in_sandbox import OnlyInSandbox

from safehaven.grading import harmless

c = get_config()  # noqa: F821  # nbgrader gives this function to its configuration file

configureExchange(c, "http://ngshare:8080/services/ngshare")
c.Autograde.autograde_preprocessors = [OnlyInSandbox]
if "SAFEHAVEN_GRADEBOOK" in os.environ:
    c.CourseDirectory.db_url = os.environ["SAFEHAVEN_GRADEBOOK"]
# As in deploy/jupyter/course/nbgrader_config.py.
harmless.configure(c)
