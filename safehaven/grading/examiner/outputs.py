"""Outputs of a cell, from the messages of a kernel that may send anything.

What arrives is checked field by field, so that what is kept is a valid notebook, and held to a
size while it arrives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

Node = NotebookNode

CUT = "… The rest of the output was cut off.\n"
_MOST_OUTPUTS = 2000
_LONGEST_NAME = 1000
_MOST_LINES = 1000


class Budget:
    """Bytes that a notebook's outputs may still take."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, size: int) -> bool:
        """Whether there is room; if so, it is taken."""
        if size > self.left:
            return False
        self.left -= size
        return True


class Outputs:
    """The outputs of one cell.

    Args:
        budget: what the notebook's outputs may still take.
        displays: displays of the notebook by their id, so that a later cell can change them.
    """

    def __init__(self, budget: Budget, displays: dict[str, list[Node]]) -> None:
        self.items: list[Node] = []
        self.is_cut = False
        self._budget = budget
        self._displays = displays
        self._clear_first = False

    def take(self, kind: str, content: Mapping[str, Any], size: int) -> None:
        """Take a message; one that says nothing sensible is passed over.

        Args:
            kind: the message's type.
            content: its content.
            size: its bytes.
        """
        if kind == "clear_output":
            self._clear_first = bool(content.get("wait"))
            if not self._clear_first:
                self._clear()
            return
        if kind == "update_display_data":
            self._update(content, size)
            return
        node = output(kind, content)
        if node is None:
            return
        if self._clear_first:
            self._clear()
        if not self._has_room(size):
            return
        if not self._joins(node):
            self.items.append(node)
        display = _display_id(content)
        if display and kind in ("display_data", "execute_result"):
            self._displays.setdefault(display, []).append(node)

    def _clear(self) -> None:
        self._clear_first = False
        self.items.clear()

    def _has_room(self, size: int) -> bool:
        if not self.is_cut and len(self.items) < _MOST_OUTPUTS and self._budget.take(size):
            return True
        if not self.is_cut:
            self.is_cut = True
            self.items.append(stream("stdout", CUT))
        return False

    def _joins(self, node: Node) -> bool:
        """Add text to the text before it, where both are of one stream."""
        last = self.items[-1] if self.items else None
        if node.output_type != "stream" or last is None or last.get("name") != node.name:
            return False
        last.text += node.text
        return True

    def _update(self, content: Mapping[str, Any], size: int) -> None:
        node = output("display_data", content)
        if node is None or not self._has_room(size):
            return
        for shown in self._displays.get(_display_id(content) or "", ()):
            shown.data, shown.metadata = node.data, node.metadata


def output(kind: str, content: Mapping[str, Any]) -> Node | None:
    """Make an output of a message, or nothing where it is none."""
    if kind == "stream":
        text = content.get("text")
        name = "stderr" if content.get("name") == "stderr" else "stdout"
        return stream(name, clean(text)) if isinstance(text, str) else None
    if kind == "error":
        return error(content)
    if kind not in ("display_data", "execute_result"):
        return None
    node = _node(
        {
            "output_type": kind,
            "data": _bundle(content.get("data")),
            "metadata": clean_json(content.get("metadata")) if content.get("metadata") else {},
        }
    )
    if not isinstance(node.metadata, dict):
        node.metadata = _node({})
    if kind == "execute_result":
        node.execution_count = None
    return node


def _node(parts: dict[str, Any]) -> Node:
    node: Node = nbformat.from_dict(parts)
    return node


def stream(name: str, text: str) -> Node:
    """Make an output of text."""
    return _node({"output_type": "stream", "name": name, "text": text})


def error(content: Mapping[str, Any]) -> Node:
    """Make an output of an error."""
    lines = content.get("traceback")
    lines = [clean(str(line)) for line in lines[:_MOST_LINES]] if isinstance(lines, list) else []
    return _node(
        {
            "output_type": "error",
            "ename": clean(str(content.get("ename", "Error")))[:_LONGEST_NAME],
            "evalue": clean(str(content.get("evalue", ""))),
            "traceback": lines,
        }
    )


def _bundle(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        return {}
    return {
        clean(str(kind)): clean(part) if isinstance(part, str) else clean_json(part)
        for kind, part in data.items()
        if isinstance(part, str) or _is_json(kind) or _is_lines(part)
    }


def _is_json(kind: Any) -> bool:
    return isinstance(kind, str) and (kind == "application/json" or kind.endswith("+json"))


def _is_lines(part: Any) -> bool:
    return isinstance(part, list) and all(isinstance(line, str) for line in part)


def _display_id(content: Mapping[str, Any]) -> str | None:
    transient = content.get("transient")
    display = transient.get("display_id") if isinstance(transient, dict) else None
    return display if isinstance(display, str) else None


def clean(text: str) -> str:
    """Give text that a file can hold: half of a pair of surrogates is none."""
    return text.encode("utf-8", "replace").decode("utf-8")


def clean_json(value: Any) -> Any:
    """Give a value of JSON with text that a file can hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): clean_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [clean_json(part) for part in value]
    return value
