"""Nbgrader in every pod: the exchange is ngshare."""

import os

from ngshare_exchange import configureExchange

c = get_config()  # noqa: F821  # nbgrader gives this function to its configuration file

c.CourseDirectory.course_id = os.environ.get("SAFEHAVEN_CLASS") or "safehaven"
configureExchange(c, "http://ngshare:8080/services/ngshare")
