"""What was noted while a notebook ran; whoever grades collects it."""

from __future__ import annotations

from safehaven.grading.outcome import Note

_noted: list[Note] = []


def add(note: Note) -> None:
    """Keep a note of the submission that is being graded in this process."""
    if note not in _noted:
        _noted.append(note)


def collect() -> tuple[Note, ...]:
    """Give what was noted since the last call, and forget it."""
    notes = tuple(_noted)
    _noted.clear()
    return notes
