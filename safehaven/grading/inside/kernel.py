"""A real ipykernel on sockets that are open before the process is shut off."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import zmq
from ipykernel.kernelapp import IPKernelApp

_CONNECTION_FILE = ".connection.json"
_CONFIG = {
    # What a notebook ran is not kept: the process lives for one submission.
    "HistoryManager": {"enabled": False},
}


class ForkedKernelApp(IPKernelApp):
    """IPKernelApp, except that its sockets listen already and that it has no command line."""

    #: Listening sockets by port number; each is a file descriptor.
    listening: Mapping[int, int]

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Parse nothing: the configuration is given."""

    def _try_bind_socket(self, s: Any, port: int) -> int:
        """Hand ZeroMQ the open socket, for its path is out of sight here."""
        s.setsockopt(zmq.USE_FD, self.listening[port])
        s.bind(f"ipc://{self.ip}-{port}")
        return port

    def init_heartbeat(self) -> None:
        """Start no thread for it: whoever forked this process knows whether it lives."""


def prepare(
    connection: Mapping[str, Any], listening: Mapping[int, int], home: Path
) -> Callable[[], None]:
    """Make a kernel.

    Args:
        connection: a connection file's contents, with the transport `ipc`.
        listening: file descriptors of listening sockets by port number.
        home: folder for the connection file.

    Returns:
        What runs the kernel until the process is ended.
    """
    file = home / _CONNECTION_FILE
    file.write_text(json.dumps(connection), encoding="utf-8")
    # What a kernel that Jupyter starts finds there.
    sys.argv = ["ipykernel_launcher.py", "-f", str(file)]
    app = ForkedKernelApp.instance(connection_file=str(file))
    app.listening = listening
    for section, values in _CONFIG.items():
        app.config[section].update(values)
    app.initialize([])
    return app.start
