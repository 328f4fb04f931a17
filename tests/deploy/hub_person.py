"""A person with a browser's session at a JupyterHub: logs in, opens a server, works in it."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
import websocket

SECONDS = 120


@dataclass
class Person:
    """Somebody who logs in under a name.

    Attributes:
        hub: the address of the JupyterHub, without a slash at the end.
        name: the account.
    """

    hub: str
    name: str
    session: requests.Session = field(default_factory=requests.Session)

    def log_in(self, password: str) -> int:
        """Fill in the form; the status of the page that comes then."""
        self.session.get(f"{self.hub}/hub/login", timeout=SECONDS)
        form = {
            "username": self.name,
            "password": password,
            "_xsrf": self.cookie("_xsrf", "/hub/"),
        }
        return self.session.post(
            f"{self.hub}/hub/login", data=form, timeout=SECONDS, allow_redirects=False
        ).status_code

    def cookie(self, name: str, path: str) -> str:
        return next(c.value or "" for c in self.session.cookies if (c.name, c.path) == (name, path))

    def start(self) -> None:
        """Ask for one's own server, without waiting for it."""
        self.session.get(f"{self.hub}/hub/spawn", timeout=SECONDS)

    def own(self) -> Server:
        """One's own server, once it answers."""
        return self.open(f"/user/{self.name}")

    def course(self) -> Server:
        """The server of the course account."""
        return self.open("/services/safehaven")

    def open(self, path: str) -> Server:
        server = Server(self, path)
        end = time.monotonic() + SECONDS
        while (page := server.get("/lab")).status_code != 200 or "/hub/" in page.url:
            if page.status_code == 403 or time.monotonic() > end:
                page.raise_for_status()
                raise TimeoutError(page.url)
            time.sleep(0.5)
        return server


@dataclass(frozen=True)
class Server:
    """A Jupyter server behind JupyterHub, as somebody's browser reaches it."""

    person: Person
    path: str

    @property
    def address(self) -> str:
        return f"{self.person.hub}{self.path}"

    def get(self, path: str) -> requests.Response:
        return self.person.session.get(f"{self.address}{path}", timeout=SECONDS)

    def send(self, method: str, path: str, data: object = None) -> requests.Response:
        """Change something, as JupyterLab does."""
        return self.person.session.request(
            method,
            f"{self.address}{path}",
            data=None if data is None else json.dumps(data),
            headers={"X-XSRFToken": self.person.cookie("_xsrf", f"{self.path}/")},
            timeout=SECONDS,
        )

    def ask(self, method: str, path: str, data: object = None) -> Any:
        """Change something, and have it done."""
        reply = self.send(method, path, data)
        assert reply.ok, f"{method} {path}: {reply.status_code} {reply.text[:500]}"
        return reply.json() if reply.text else None

    @contextmanager
    def socket(self, path: str) -> Iterator[websocket.WebSocket]:
        """A web socket; it ends after a time, even where the server still says that it is there."""
        cookies = "; ".join(
            f"{cookie.name}={cookie.value}"
            for cookie in self.person.session.cookies
            if f"{self.path}/".startswith(cookie.path)
        )
        channel = websocket.create_connection(
            f"{self.address}{path}".replace("http:", "ws:", 1), cookie=cookies, timeout=SECONDS
        )
        limit = threading.Timer(SECONDS, channel.shutdown)
        limit.start()
        try:
            yield channel
        finally:
            limit.cancel()
            channel.close()

    def python(self, code: str) -> str:
        """What a cell prints, in a kernel of this server."""
        kernel = self.ask("POST", "/api/kernels", {"name": "python3"})["id"]
        number = uuid.uuid4().hex
        try:
            with self.socket(f"/api/kernels/{kernel}/channels") as channel:
                channel.send(json.dumps(_execute(number, code)))
                return _printed(channel, number)
        finally:
            self.send("DELETE", f"/api/kernels/{kernel}")

    def shell(self, command: str) -> tuple[int, str]:
        """The exit status and the output of a command, in a terminal of this server."""
        name = self.ask("POST", "/api/terminals")["name"]
        mark = uuid.uuid4().hex
        # The shell puts the mark together, so that the echo of the line is not taken for it.
        say = f"echo {mark[:9]}''{mark[9:]}"
        try:
            with self.socket(f"/terminals/websocket/{name}") as channel:
                line = f"stty -echo; {say}; {command}; {say} $?\n"
                channel.send(json.dumps(["stdin", line]))
                seen = ""
                while seen.count(mark) < 2 or "\n" not in seen.rpartition(mark)[2]:
                    kind, *texts = json.loads(channel.recv())
                    seen += texts[0] if kind == "stdout" else ""
        finally:
            self.send("DELETE", f"/api/terminals/{name}")
        _, said, status = seen.split(mark)
        return int(status.split()[0]), said.strip()


def _execute(number: str, code: str) -> dict[str, Any]:
    header = {
        "msg_id": number,
        "msg_type": "execute_request",
        "session": number,
        "username": "",
        "version": "5.3",
    }
    content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
    return {
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": content,
        "channel": "shell",
    }


def _printed(channel: websocket.WebSocket, number: str) -> str:
    said = ""
    while True:
        message = json.loads(channel.recv())
        if message.get("parent_header", {}).get("msg_id") != number:
            continue
        content = message["content"]
        if message["msg_type"] == "stream":
            said += content["text"]
        elif message["msg_type"] == "error":
            said += f"{content['ename']}: {content['evalue']}\n"
        elif message["msg_type"] == "status" and content["execution_state"] == "idle":
            return said
