"""JupyterHub for the course on one server; book/instructors/jupyterhub.md says how to set it up.

Who someone is on the server is who they are here: JupyterHub asks PAM for the password, and the
Unix groups `instructor` and `student` say who may log in. Each person's server runs under their
own Unix account, so the kernel of the operating system keeps people apart, not JupyterHub.
"""

from __future__ import annotations

import grp
import os
import pwd
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterhub.auth import PAMAuthenticator

if TYPE_CHECKING:
    from jupyterhub.spawner import LocalProcessSpawner

c = get_config()  # noqa: F821  # JupyterHub gives this function to its configuration file

#: The course's folder, in which it is graded, and the account that owns it. Nobody logs in as
#: this account: instructors reach it through JupyterHub, under their own names.
COURSE = Path("/srv/safehaven/course")
ACCOUNT = "safehaven"
#: The folder in which the class is graded: that of `safehaven class NAME`, or the course itself.
NAME = os.environ.get("SAFEHAVEN_CLASS", "")
CLASS = COURSE / "private" / NAME if NAME else COURSE
#: What only root may read: who is logged in, and the keys that prove it.
STATE = Path("/srv/safehaven/state")
#: Unix groups. Who is in neither of them cannot log in.
INSTRUCTORS, STUDENTS = "instructor", "student"
#: The first of four ports in a row, all on this machine alone: the proxy, the hub, the proxy's
#: own interface, and the server of the course account.
PORT = int(os.environ.get("SAFEHAVEN_HUB_PORT", "8000"))

HERE = Path(__file__).resolve().parent
PROGRAMS = Path(sys.executable).parent


class UnixGroups(PAMAuthenticator):
    """Passwords from PAM, and groups from the system: one list of people, not two."""

    async def authenticate(self, handler: Any, data: dict[str, str]) -> dict[str, Any] | None:
        """The name and the groups of who gave the right password."""
        name = await super().authenticate(handler, data)
        return None if name is None else {"name": name, "groups": groups_of(name)}

    async def refresh_user(self, user: Any, handler: Any = None) -> dict[str, Any] | bool:  # noqa: ARG002
        """Look again after some minutes: who has left a group loses what it gave."""
        try:
            return {"name": user.name, "groups": groups_of(user.name)}
        except KeyError:
            return False  # the account is gone


def groups_of(name: str) -> list[str]:
    """Those of this course's groups in which an account is."""
    mine = os.getgrouplist(name, pwd.getpwnam(name).pw_gid)
    return [group for group in (INSTRUCTORS, STUDENTS) if grp.getgrnam(group).gr_gid in mine]


def close_home(spawner: LocalProcessSpawner) -> None:
    """Nobody else may look into a home; Debian's `useradd` leaves it open to all."""
    Path(pwd.getpwnam(spawner.user.name).pw_dir).chmod(0o700)


# People
c.JupyterHub.authenticator_class = UnixGroups
c.UnixGroups.allowed_groups = {INSTRUCTORS, STUDENTS}
c.UnixGroups.manage_groups = True
c.UnixGroups.auth_refresh_age = 300

# Addresses: plain HTTP that only this machine reaches. A web server in front of it holds the
# certificate, and is the only thing that the network sees.
c.JupyterHub.bind_url = f"http://127.0.0.1:{PORT}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{PORT + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PORT + 2}"
c.ConfigurableHTTPProxy.command = [str(HERE / "node_modules/.bin/configurable-http-proxy")]

# What JupyterHub keeps
c.JupyterHub.db_url = f"sqlite:///{STATE}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.cleanup_servers = True

# The server of each person, under their own account
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [str(PROGRAMS / "jupyterhub-singleuser")]
c.Spawner.default_url = "/lab"
c.Spawner.pre_spawn_hook = close_home
c.Spawner.disable_user_config = True
c.Spawner.environment = {
    "PATH": f"{PROGRAMS}:/usr/local/bin:/usr/bin:/bin",
    "JUPYTER_CONFIG_PATH": str(HERE / "jupyter" / "people"),
    "SAFEHAVEN_CLASS": NAME,
}
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120

# The server of the course account: JupyterLab with the formgrader, at /services/safehaven/.
# It runs from the course's own environment, which has `safehaven` and `nbgrader`.
c.JupyterHub.services = [
    {
        "name": ACCOUNT,
        "url": f"http://127.0.0.1:{PORT + 3}",
        "command": [str(COURSE / ".venv/bin/jupyterhub-singleuser")],
        "user": ACCOUNT,
        "cwd": str(CLASS),
        "environment": {
            "PATH": f"{COURSE}/.venv/bin:/usr/local/bin:/usr/bin:/bin",
            "JUPYTER_CONFIG_PATH": f"{HERE}/jupyter/course",
            "JUPYTERHUB_DEFAULT_URL": "/lab",
        },
        "oauth_no_confirm": True,
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "teach",
        "description": "Open the server of the course account, with the formgrader in it.",
        "scopes": [f"access:services!service={ACCOUNT}"],
        "groups": [INSTRUCTORS],
    }
]
