"""The kinds of notes, in the words of an instructor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What a kind of note means.

    Attributes:
        label: what it is called in a list of kinds.
        advice: what an instructor should do about it, an imperative sentence; empty where
            reading the note is enough.
    """

    label: str
    advice: str = ""


_RIGHT_FILE = "Where several files were handed in, see that the right one was graded."

KINDS: dict[str, Kind] = {
    # what examining found
    "tampering": Kind("signs of tampering"),
    "fallback": Kind(
        "tests run beside the student's code",
        "Rewrite the tests that ran beside the student's code, so that they ask for values and "
        "functions only.",
    ),
    "timeout": Kind("cells that ran too long"),
    "kernel-died": Kind("cells that ended the program"),
    "output-cut": Kind("outputs that were cut off"),
    "clipped": Kind("points above the maximum"),
    "no-points": Kind("tests that ended in no points"),
    "earlier-points": Kind(
        "points of an earlier submission",
        "Decide whether points of an earlier submission should stand.",
    ),
    # what preflight found in files
    "renamed": Kind("notebooks under another name"),
    "candidates": Kind("several copies of a notebook", _RIGHT_FILE),
    "unreadable-file": Kind("files that cannot be read"),
    "missing-notebook": Kind(
        "notebooks missing or unreadable",
        "Ask for the notebooks that are missing; they count as 0 until then.",
    ),
    "encoding": Kind("files in another encoding"),
    "json": Kind("irregular JSON"),
    "format": Kind("old notebook format"),
    "outputs-removed": Kind("very large outputs"),
    "attachments-removed": Kind(
        "pictures that were too large",
        "Ask for the pictures that were too large to be kept.",
    ),
    "link": Kind("hard links", "See where the files that are hard links come from."),
    "left-out": Kind("files that were not kept"),
    "shadowing": Kind("files named like a module"),
    "timestamp": Kind(
        "unreadable moments of handing in",
        "Find out when the work without a readable timestamp.txt was handed in.",
    ),
    # what preflight found in cells
    "duplicate-cell": Kind("cells that were copied"),
    "restored-cell": Kind("cells that had been deleted"),
    "lost-id": Kind("cells that had lost their name"),
    "metadata": Kind("changed metadata"),
    "cell-type": Kind("changed kinds of cells"),
    "moved-cell": Kind("tests that had been moved"),
    "merged-cell": Kind("cells that had been merged"),
    "locked-text": Kind("changed locked cells"),
    "foreign-cell": Kind("cells of other assignments"),
    "skipped-test": Kind(
        "tests that were told not to run",
        "Ask how the tag 'skip-execution' came onto tests.",
    ),
    "text-cleaned": Kind("characters that were replaced"),
    "kernel": Kind("other programming languages"),
}


def kind(name: str) -> Kind:
    """What a kind of note means; of one that is not known, its name in words."""
    return KINDS.get(name) or Kind(name.replace("-", " "))
