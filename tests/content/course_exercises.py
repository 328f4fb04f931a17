"""The exercises of the course, as their sources."""

from pathlib import Path

from safehaven.assignments.source import Source, names, read
from safehaven.folders import find_course

COURSE = find_course(Path(__file__))
#: Those that a person writes, under their names; quizzes are rendered from the bank.
SOURCES: dict[str, Source] = {
    name: source for name in names(COURSE) for source in read(COURSE, name) if source.is_markdown
}
