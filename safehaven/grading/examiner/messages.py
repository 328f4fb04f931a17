"""Jupyter's messages on the wire: what is sent is signed, what arrives is read with care."""

from __future__ import annotations

import hmac
import itertools
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_DELIMITER = b"<IDS|MSG>"
_MOST_HEADER_BYTES = 65_536


@dataclass(frozen=True)
class Message:
    """A message of a kernel.

    Attributes:
        kind: its type.
        parent: the id of the request that it belongs to.
        content: what it says; empty where it was too large to be read.
        size: its bytes.
        data: the first of the buffers that came with it.
    """

    kind: str
    parent: str
    content: dict[str, Any]
    size: int
    data: bytes | None = None


def read(frames: list[bytes], most: int) -> Message | None:
    """Read a message; None where it is none.

    Args:
        frames: what arrived.
        most: bytes of content that are read; of a larger one the content is left empty.
    """
    try:
        start = frames.index(_DELIMITER) + 2
        header, parent, _, content, *buffers = frames[start:]
        if len(header) > _MOST_HEADER_BYTES or len(parent) > _MOST_HEADER_BYTES:
            return None
        kind = json.loads(header)["msg_type"]
        asked = json.loads(parent).get("msg_id", "")
        said = json.loads(content) if len(content) <= most else {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError):
        return None
    if not isinstance(kind, str) or not isinstance(asked, str) or not isinstance(said, dict):
        return None
    size = len(content) + sum(len(one) for one in buffers)
    return Message(kind, asked, said, size, buffers[0] if buffers else None)


class Sender:
    """Signs and sends messages to a kernel.

    jupyter_client's own Session does the same, and takes longer than a small cell does.

    Args:
        connection: a connection file's contents.
    """

    def __init__(self, connection: Mapping[str, Any]) -> None:
        key = connection["key"]
        digest = connection["signature_scheme"].removeprefix("hmac-")
        self._mac = hmac.new(key if isinstance(key, bytes) else key.encode(), digestmod=digest)
        self._session = uuid.uuid4().hex
        self._sent = itertools.count()
        #: By this a kernel knows that two channels are one client's.
        self.identity = self._session.encode()

    def send(
        self, socket: Any, kind: str, content: Mapping[str, Any], data: bytes | None = None
    ) -> str:
        """Send a message; give its id.

        Args:
            socket: where to.
            kind: the message's type.
            content: what it says.
            data: bytes to go with it.
        """
        number = f"{self._session}_{next(self._sent)}"
        header = {
            "msg_id": number,
            "msg_type": kind,
            "username": "instructor",
            "session": self._session,
            "date": datetime.now(UTC).isoformat(),
            "version": "5.3",
        }
        parts = [json.dumps(header).encode(), b"{}", b"{}", json.dumps(content).encode()]
        mac = self._mac.copy()
        for part in parts:
            mac.update(part)
        buffers = [] if data is None else [data]
        socket.send_multipart([_DELIMITER, mac.hexdigest().encode(), *parts, *buffers])
        return number
