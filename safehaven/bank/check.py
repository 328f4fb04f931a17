"""Checks the bank of a course: loads it, applies every rule, says what it holds."""

from __future__ import annotations

from collections.abc import Callable

from pybtex.database import parse_file

from safehaven.bank.lint import Context, breaches
from safehaven.bank.load import load_bank
from safehaven.bank.report import summary
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.lessons import read_lessons
from safehaven.spelling import misspelt


def context_of(folders: CourseFolders) -> Context:
    """What the rules need to know of a course beside its questions."""
    lessons, _ = read_lessons(folders.book)
    works = parse_file(str(folders.bibliography), bib_format="bibtex")
    return Context(
        objectives={lesson.number: {o.id for o in lesson.head.objectives} for lesson in lessons},
        works=frozenset(works.entries),
        misspelt=misspelt,
    )


def check_bank(folders: CourseFolders, say: Callable[[str], object]) -> list[CourseError]:
    """Say what the bank holds, and return what breaks a rule.

    Raises:
        CourseErrors: a file cannot be read; nothing can be said of the whole then.
    """
    bank = load_bank(folders)
    found = breaches(bank, context_of(folders))
    for line in summary(bank, found):
        say(line)
    return [error for errors in found.values() for error in errors]
