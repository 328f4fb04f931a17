"""What the last run of `safehaven grade` says to a student about the submission as a whole."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from safehaven.grading.feedback.model import Standing
from safehaven.grading.outcome import Outcome
from safehaven.grading.report.write import JSON_FILE

#: Where `safehaven grade` leaves its report, below the course's root.
FOLDER = "grading"

_TAMPERED = (
    "This notebook changes the program that runs the checks, so their results are in doubt. "
    "Your instructor has been told what was found, and decides. If you did not mean to do that, "
    "say so."
)
_UNGRADABLE = (
    "This submission could not be graded: {reason} Your instructor can tell you what to do."
)

#: What is said of a note, by its kind; notes of other kinds are for the instructor alone.
_NOTES = {
    "renamed": "The notebook had another name than the one handed out. It was recognised.",
    "duplicate-cell": "A cell of the assignment was in the notebook more than once. One was used.",
    "restored-cell": "A cell of the assignment was missing, and was put back before grading.",
    "missing-notebook": "A notebook of the assignment was not handed in.",
    "timeout": "A cell ran too long and was stopped. What came after it was graded all the same.",
    "kernel-died": "A cell ended the program in which it ran. It was started again for the rest.",
    "clipped": "A check computed more points than it can give. It gave all its points.",
    "output-cut": "A cell printed more than can be kept. The rest was left out.",
}


def outcomes(root: Path, assignment: str) -> dict[str, Outcome]:
    """What became of each student's submission in the last run; empty where there was none."""
    file = root / FOLDER / assignment / JSON_FILE
    try:
        changed = file.stat().st_mtime_ns
    except OSError:
        return {}
    return _read(file, changed)


@lru_cache(maxsize=4)
def _read(file: Path, changed: int) -> dict[str, Outcome]:
    # A class has one report and a thousand pages: it is read anew only when it has changed.
    del changed
    try:
        records = json.loads(file.read_text(encoding="utf-8"))["outcomes"]
        return {outcome.student: outcome for outcome in map(Outcome.from_dict, records)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def standing(outcome: Outcome | None, notebook: str = "") -> Standing:
    """What a student is told.

    Args:
        outcome: what became of the submission; None where no run has graded it.
        notebook: the notebook that the page is about; notes on others are left out.
    """
    if outcome is None:
        return Standing()
    alarm = ""
    if outcome.status == "tampered":
        alarm = _TAMPERED
    elif outcome.status == "ungradable":
        alarm = _UNGRADABLE.format(reason=_sentence(outcome.reason))
    kinds = dict.fromkeys(n.kind for n in outcome.notes if n.notebook in ("", notebook))
    return Standing(alarm, tuple(_NOTES[kind] for kind in kinds if kind in _NOTES))


def _sentence(text: str) -> str:
    text = " ".join(text.split())[:400]
    return text if text.endswith((".", "!", "?")) else f"{text or 'no reason is known'}."
