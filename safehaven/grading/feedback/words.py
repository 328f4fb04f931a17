"""Numbers and states in words."""

from __future__ import annotations

from safehaven.grading.feedback.model import State

#: For each state a sign, which only repeats the words, and words for a check and for points.
_STATES: dict[State, tuple[str, str, str]] = {
    "passed": ("✓", "passed", "full points"),
    "partly": ("◐", "passed in part", "some points"),
    "failed": ("✗", "not passed", "no points"),
    "waiting": ("…", "not marked yet", "not marked yet"),
}

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def points(number: float) -> str:
    """A number of points, with two decimals at most."""
    return f"{round(number, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def sign(state: State) -> str:
    """A sign for a state, to be shown beside its words."""
    return _STATES[state][0]


def state_words(state: State, by_hand: bool = False) -> str:
    """Words for what became of a check, or of an answer that a person marks."""
    return points_words(state) if by_hand else _STATES[state][1]


def points_words(state: State) -> str:
    """Words for what became of a task, by its points."""
    return _STATES[state][2]


def duration(seconds: float) -> str:
    """A time in its largest unit, rounded: `3 hours`."""
    for size, unit in _UNITS:
        count = round(seconds / size)
        if count >= 1 and seconds >= size:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"
