"""What nbgrader needs on a server with students, beside the course's own nbgrader_config.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from only_in_sandbox import OnlyInSandbox
from own_submissions import CollectOwn

from safehaven.grading import harmless

c = get_config()  # noqa: F821  # nbgrader gives this function to its configuration file

c.Exchange.root = "/srv/nbgrader/exchange"
c.ExchangeFactory.collect = CollectOwn
c.Autograde.autograde_preprocessors = [OnlyInSandbox]
# For every course of this server, whatever its own configuration says.
harmless.configure(c)
