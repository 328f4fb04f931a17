"""Reads the keys of the Anki deck and of the printed papers from the files alone.

Anki's file is a zip with a SQLite file in it; the PDF files are read with pypdf. The question is
asked for no more than its id, its kind and how many parts it has.
"""

from __future__ import annotations

import re
import sqlite3
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from pypdf import PdfReader

from safehaven.bank import Question

# Anki -----------------------------------------------------------------------------------------


def read_anki(apkg: Path) -> dict[str, list[str]]:
    """The fields of every note, by its first field."""
    with zipfile.ZipFile(apkg) as archive:
        archive.extract("collection.anki2", apkg.parent)
    with closing(sqlite3.connect(apkg.parent / "collection.anki2")) as database:
        notes = [fields.split("\x1f") for (fields,) in database.execute("select flds from notes")]
    return {fields[0]: fields for fields in notes}


def anki_key(question: Question, front: str, answer: str) -> object:
    """The key of a card: its letters brought back to the words on the front of the card."""
    card, back = (ET.fromstring(f"<card>{html}</card>") for html in (front, answer))
    entries = {_seen(line[0]): _seen(line[1]) for line in card.findall("ul[@class='entries']/li")}
    lefts = [_seen(line) for line in card.findall("ol[@class='lefts']/li")]
    letters, *words = [text.strip() for text in back[0].itertext() if text.strip()]
    match question.kind:
        case "numeric":
            return _number(letters)
        case "text":
            return _spellings(letters)
        case "single":  # the words stand behind the letter, and must be those of its option
            assert words == [entries[letters]]
    return key_in_words(question.kind, letters, entries, lefts)


def _seen(element: ET.Element) -> str:
    return "".join(element.itertext())


def _spellings(text: str) -> set[str]:
    first, _, others = text.removesuffix(")").partition(" (also accepted: ")
    return {first, *filter(None, others.split(", "))}


def _number(text: str) -> float:
    return float(re.match(r"-?[\d,.]+", text)[0].replace(",", ""))


def key_in_words(kind: str, written: str, entries: dict[str, str], lefts: Sequence[str]) -> object:
    """A key as it is written in short, `A, C`, `B A C` or `1B, 2A`, in the words of the entries."""
    parts = re.findall(r"\w+", written)
    match kind:
        case "ordering":
            return [entries[letter] for letter in parts]
        case "matching":
            return {lefts[int(part[:-1]) - 1]: entries[part[-1]] for part in parts}
        case _:
            return {entries[letter] for letter in parts}


# Paper ----------------------------------------------------------------------------------------

_HEADS = r"Page \d+ of \d+.*|Question( Variant \w)+ Points"
_CELLS = {
    "single": r"[A-H]",
    "multiple": r"[A-H](?:, [A-H])*",
    "ordering": r"[A-H](?: [A-H])+",
    "matching": r"\d[A-H](?:, \d[A-H])+",
    "numeric": r"-?[\d,.]+(?: ± [\d.]+)?",
    "text": r".+?",
}


def lines_of(pdf: Path) -> list[str]:
    """What stands in a PDF file, without the foot of each page and the head of each table."""
    text = "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    return [line for line in text.splitlines() if line and not re.fullmatch(_HEADS, line)]


def key_rows(lines: Iterable[str], questions: Sequence[Question], variants: int) -> list[list[str]]:
    """The cells of the key's table: for each question one for each variant."""
    text = " ".join(lines)
    rows, at = [], text.index("not for students")
    for number, question in enumerate(questions, start=1):
        cell = _CELLS[question.kind]
        if question.kind == "ordering":  # letters without commas: as many as there are items
            cell = rf"[A-H](?: [A-H]){{{len(question.items) - 1}}}"
        if question.kind == "text":  # the same name in every variant
            pattern = rf" {number} ({cell})" + r" \1" * (variants - 1)
        else:
            pattern = rf" {number}" + rf" ({cell})" * variants
        found = re.compile(rf"{pattern} 1(?= )").search(text, at)
        assert found, (number, text[at : at + 200])
        assert found.start() == at or number == 1, (number, text[at : found.start()])
        rows.append([*found.groups()] * (variants // len(found.groups())))
        at = found.end()
    return rows


def sheets(lines: Sequence[str], shown: Sequence[str]) -> list[tuple[dict[str, str], list[str]]]:
    """For each question of a sheet its entries by their letters, and its numbered left sides.

    `shown` are the stems in their order, by which the questions are found.
    """
    starts, at = [], 0
    for number, stem in enumerate(shown, start=1):
        begin = _bare(f"{number}. {stem}")
        at = next(
            i
            for i in range(at, len(lines))
            if lines[i].startswith(f"{number}. ")
            and _bare("".join(lines[i : i + 12])).startswith(begin)
        )
        starts.append(at)
    ends = [*starts[1:], len(lines)]
    return [_entries(lines[a + 1 : b]) for a, b in zip(starts, ends, strict=True)]


def _entries(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    entries: dict[str, str] = {}
    lefts: list[str] = []
    for line in lines:
        if re.fullmatch(r"\d+ points?|First last|1( \d)+ ?", line):
            break
        letter = "ABCDEFGH"[len(entries)]
        if line.startswith(f"{letter} "):
            entries[letter] = line[2:]
        elif entries:
            entries["ABCDEFGH"[len(entries) - 1]] += line
        elif line.startswith(f"{len(lefts) + 1}. "):
            lefts.append(line.partition(" ")[2])
        elif lefts:
            lefts[-1] += line
    return entries, lefts


def _bare(text: str) -> str:
    return "".join(text.split())


def without_spaces(key: object) -> object:
    """A key with its words glued, since a PDF does not say where a line was broken."""
    match key:
        case dict():
            return {_bare(left): _bare(right) for left, right in key.items()}
        case list():
            return [_bare(entry) for entry in key]
        case set():
            return {_bare(entry) for entry in key}
        case _:
            return key


def paper_key(
    question: Question, cell: str, entries: dict[str, str], lefts: Sequence[str], also: set[str]
) -> object:
    """The key of one variant: its cell brought back to the words on the sheet of the variant."""
    match question.kind:
        case "numeric":
            number, _, tolerance = cell.partition(" ± ")
            return (_number(number), float(tolerance or 0))
        case "text":
            return {cell, *also}
        case _:
            return key_in_words(question.kind, cell, entries, lefts)


def also_accepted(lines: Sequence[str]) -> dict[str, set[str]]:
    """For each question whose key names further spellings, these spellings, by its id."""
    notes = re.findall(
        r"\(also accepted: ([^)]*)\)(?:(?!\(also accepted).)*? (L\d\d\.\w\d\d) · objective",
        " ".join(lines),
    )
    return {identifier: set(others.split(", ")) for others, identifier in notes}
