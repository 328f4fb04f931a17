"""What a lesson is, and whether a page is a good one: front matter, skeleton, length."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from safehaven.errors import CourseError, CourseErrors
from safehaven.located import load

Strand = Literal["history", "haqqani", "intelligence"]
STRANDS: tuple[Strand, ...] = ("history", "haqqani", "intelligence")

PAPER = "What the 2021 paper said, and what we know now"
#: The headings that close every lesson, in their order; the body stands before them.
CLOSING = (PAPER, "Contested", "Check yourself", "Key points", "Discuss", "Read on", "Exercise")
#: Words of the body, from the guide to lessons.
BODY_WORDS = range(1500, 2501)
#: How many entries a list section holds: fewest and most.
LIST_LENGTHS = {"Questions": (2, 4), "Key points": (3, 5), "Discuss": (2, 2), "Read on": (3, 6)}
#: Verbs whose fulfilment can be seen; 'understand' and 'know' cannot.
TESTABLE_VERBS = frozenset(
    {
        "Apply",
        "Assess",
        "Classify",
        "Compare",
        "Compute",
        "Date",
        "Define",
        "Defend",
        "Describe",
        "Distinguish",
        "Estimate",
        "Evaluate",
        "Explain",
        "Identify",
        "Interpret",
        "Judge",
        "List",
        "Name",
        "Order",
        "Read",
        "Recognise",
        "Reconstruct",
        "Resolve",
        "Score",
        "Separate",
        "State",
        "Summarise",
        "Tell",
        "Test",
        "Trace",
        "Weigh",
        "Write",
    }
)


class Objective(BaseModel):
    """What a student can do after the lesson."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^L\d{2}\.\d$")
    text: str = Field(min_length=10)
    #: The heading of the section that teaches it.
    section: str
    #: Why no exercise task assesses it, where none does.
    no_exercise: str | None = None


class FrontMatter(BaseModel):
    """The head of a lesson's file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    strand: Strand
    minutes: int = Field(gt=0, le=240)
    objectives: list[Objective] = Field(min_length=3, max_length=6)
    needs: list[int]
    as_of: datetime.date
    content_note: str


@dataclass(frozen=True)
class Section:
    """A section of the second level: its heading, the line it stands in, its text."""

    heading: str
    line: int
    text: str


@dataclass(frozen=True)
class Lesson:
    """A lesson as its file has it."""

    file: Path
    number: int
    head: FrontMatter
    sections: tuple[Section, ...]

    @property
    def body(self) -> list[Section]:
        """The sections that teach: all but the questions and the closing ones, with Contested."""
        frame = {"Questions", *CLOSING} - {"Contested"}
        return [section for section in self.sections if section.heading not in frame]

    def section(self, heading: str) -> Section | None:
        """The section of that heading, or None."""
        return next((s for s in self.sections if s.heading == heading), None)

    def place(self, objective: Objective) -> str:
        """Where an objective is taught, as a reader is told."""
        return f"Lesson {self.number}, section '{objective.section}'"

    @property
    def claim_ids(self) -> list[str]:
        """The claims that the lesson places with the `claims` directive."""
        text = "\n".join(section.text for section in self.sections)
        return " ".join(re.findall(r"```\{claims\}\n(.*?)```", text, re.S)).split()


def lesson_files(book: Path) -> list[Path]:
    """The lessons, in the order of their numbers: `book/<strand>/<number>-<slug>.md`."""
    files = (f for strand in STRANDS for f in (book / strand).glob("*.md"))
    numbered = [f for f in files if re.match(r"\d+-", f.name)]
    return sorted(numbered, key=_number)


def _number(file: Path) -> int:
    return int(file.name.split("-")[0])


def read_lessons(book: Path) -> tuple[list[Lesson], list[CourseError]]:
    """Read and check every lesson; a page without a usable head is left out."""
    lessons: list[Lesson] = []
    errors: list[CourseError] = []
    for file in lesson_files(book):
        lesson, found = read_lesson(file)
        errors += found
        if lesson:
            lessons.append(lesson)
            errors += check_lesson(lesson)
    errors += _claims_placed_twice(lessons)
    return lessons, errors


def read_lesson(file: Path) -> tuple[Lesson | None, list[CourseError]]:
    """Read one lesson; None where its front matter cannot be used."""
    text = file.read_text(encoding="utf-8")
    parts = re.match(r"---\n(.*?\n)---\n", text, re.S)
    if not parts:
        remedy = "Begin the file with ---, the fields of CONTRIBUTING.md ('A lesson') and ---."
        return None, [CourseError("No front matter.", file=file, line=1, remedy=remedy)]
    remedy = "See 'A lesson' in CONTRIBUTING.md for what the front matter holds."
    try:
        head = load(parts[1], file, above=1).validate(FrontMatter, (), remedy)
    except CourseErrors as found:
        return None, list(found.errors)
    except CourseError as error:
        return None, [error]
    start = parts[0].count("\n")
    sections = tuple(_sections(text[parts.end() :], start))
    return Lesson(file, _number(file), head, sections), []


def _sections(text: str, start: int) -> Iterator[Section]:
    """Cut a page at its headings of the second level; fenced blocks are passed over."""
    heading, line, lines, fence = "", start, list[str](), ""
    for number, content in enumerate(text.split("\n"), start=start + 1):
        mark = re.match(r"(`{3,}|:{3,}|~{3,})", content)
        if mark and not fence:
            fence = mark[1]
        elif mark and content.strip() == fence:
            fence = ""
        if content.startswith("## ") and not fence:
            if heading:
                yield Section(heading, line, "\n".join(lines))
            heading, line, lines = content[3:].strip(), number, []
        else:
            lines.append(content)
    if heading:
        yield Section(heading, line, "\n".join(lines))


def prose(text: str) -> str:
    """The running words of a section: without directives, tables, links and roles' marks."""
    text = re.sub(r"^(`{3,}|:{3,})\{.*?^\1\s*$", "", text, flags=re.S | re.M)
    text = re.sub(r"^\|.*$", "", text, flags=re.M)
    text = re.sub(r"\{cite:[pt](?::alp)?\}`[^`]*`", "", text)
    text = re.sub(r"\{[a-z:]+\}`([^`<]*?)(?:\s*<[^`]*>)?`", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[*_#>]", "", text)


def body_words(lesson: Lesson) -> int:
    """How many words the body has."""
    return sum(len(prose(section.text).split()) for section in lesson.body)


def list_length(section: Section) -> int:
    """How many entries the lists of a section have at the outer level."""
    return len(re.findall(r"^(?:[-*]|\d+\.) ", section.text, re.M))


def check_lesson(lesson: Lesson) -> list[CourseError]:
    """Everything that the guide to lessons asks of a page and that can be counted."""
    return [*_check_head(lesson), *_check_skeleton(lesson), *_check_content(lesson)]


def _error(lesson: Lesson, line: int, message: str, remedy: str) -> CourseError:
    return CourseError(message, file=lesson.file, line=line, remedy=remedy)


def _check_head(lesson: Lesson) -> Iterator[CourseError]:
    prefix = f"L{lesson.number:02d}."
    for objective in lesson.head.objectives:
        if not objective.id.startswith(prefix):
            remedy = f"Number the objectives of this lesson {prefix}1, {prefix}2 …"
            yield _error(lesson, 1, f"The objective {objective.id} is of another lesson.", remedy)
        if objective.text.split()[0] not in TESTABLE_VERBS:
            verb = objective.text.split()[0]
            remedy = f"Begin with one of: {', '.join(sorted(TESTABLE_VERBS))}."
            yield _error(lesson, 1, f"{objective.id}: {verb!r} cannot be tested.", remedy)
        if lesson.section(objective.section) is None:
            remedy = "Name the heading of the section that teaches it."
            message = f"{objective.id}: there is no section {objective.section!r}."
            yield _error(lesson, 1, message, remedy)


def _check_skeleton(lesson: Lesson) -> Iterator[CourseError]:
    headings = [section.heading for section in lesson.sections]
    expected = ["Questions", *CLOSING]
    for heading in expected:
        if heading not in headings:
            yield _error(lesson, 1, f"The section '{heading}' is missing.", "Add it; see a lesson.")
    present = [heading for heading in headings if heading in expected]
    if present != [heading for heading in expected if heading in present]:
        line = lesson.sections[0].line if lesson.sections else 1
        remedy = f"Order: {', '.join(expected)}."
        yield _error(lesson, line, "The sections are out of order.", remedy)
    for heading, (fewest, most) in LIST_LENGTHS.items():
        section = lesson.section(heading)
        if section and not fewest <= list_length(section) <= most:
            message = f"'{heading}' has {list_length(section)} entries."
            yield _error(lesson, section.line, message, f"Write {fewest} to {most}.")


#: What a lesson must contain, as a pattern, and what to do where it does not.
_CONTENT = {
    r"^```\{chart\} ": ("no figure", "Add a `chart` directive."),
    r"^\|.*\|$": ("no table", "Add a table or timeline in pipe form."),
    r"^```\{claims\}": ("no claims of the paper", f"Add a `claims` directive to '{PAPER}'."),
    r"^```\{practice\}": ("no practice questions", "Add `practice` to 'Check yourself'."),
    r"exercises/ex\d\d": ("no link to its exercise", "Link the exercise in the last section."),
}


def _check_content(lesson: Lesson) -> Iterator[CourseError]:
    words = body_words(lesson)
    if words not in BODY_WORDS:
        remedy = f"Write {BODY_WORDS.start:,} to {BODY_WORDS.stop - 1:,} words."
        yield _error(lesson, 1, f"The body has {words:,} words.", remedy)
    text = "\n".join(section.text for section in lesson.sections)
    for pattern, (missing, remedy) in _CONTENT.items():
        if not re.search(pattern, text, re.M):
            yield _error(lesson, 1, f"The lesson has {missing}.", remedy)


def _claims_placed_twice(lessons: list[Lesson]) -> Iterator[CourseError]:
    seen: dict[str, Lesson] = {}
    for lesson in lessons:
        for claim_id in lesson.claim_ids:
            first = seen.setdefault(claim_id, lesson)
            if first is not lesson or lesson.claim_ids.count(claim_id) > 1:
                section = lesson.section(PAPER)
                line = section.line if section else 1
                message = f"The claim {claim_id} is placed in {first.file.name} too."
                yield _error(lesson, line, message, "Keep it in one lesson; link from the other.")
