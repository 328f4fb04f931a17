"""A whole course in miniature, correct as it stands; each test spoils what it is about."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from safehaven.folders import CourseFolders, find_course

ROOT = find_course(Path(__file__)).root

LESSON = """---
title: A small lesson
strand: history
minutes: 20
objectives:
  - id: L01.1
    text: Name the capital of Afghanistan
    section: Words
    no_exercise: The mini course has no exercise.
  - id: L01.2
    text: Explain why a source is cited
    section: Words
    no_exercise: The mini course has no exercise.
  - id: L01.3
    text: Compare two dates
    section: Contested
    no_exercise: The mini course has no exercise.
needs: []
as_of: 2026-04-07
content_note: Nothing in this lesson is distressing.
---
# A small lesson

## Questions

- What is cited?
- What is a term?

## Words

{cite:t}`work` says so, and {{term}}`base rate` is a term. FILLER

| date | event |
|---|---|
| 2001-09-20 | a meeting |

```{{chart}} verdicts
:alt: A bar for each verdict.
One claim is confirmed. Source: {cite:t}`work`.
```

## What the 2021 paper said, and what we know now

```{{claims}}
C01
```

## Contested

Whether it is so.

## Check yourself

```{{practice}}
```

## Key points

- One.
- Two.
- Three.

## Discuss

1. Why?
2. How?

## Read on

- {cite:t}`work`: short.
- {cite:t}`work`: still short.
- {cite:t}`work`: as before.

## Exercise

Do [the exercise](../../exercises/ex01/ex01.md).
""".replace("{{", "{").replace("}}", "}")

QUESTION = """  - id: L01.{use}0{n}
    kind: single
    objective: L01.{n}
    level: recall
    stem: {stem}
    options:
      - {{text: Kabul, right: true}}
      - {{text: Herat, feedback: Herat lies in the west.}}
      - {{text: Kandahar, feedback: Kandahar lies in the south.}}
    why: It is.
    source: [{{key: work, place: p. 1}}]
"""

STEMS = (
    "Which city is the capital of Afghanistan?",
    "Where did the meeting of the witnesses take place?",
    "Which name stands first in the oldest letter?",
)


def questions(use: str) -> str:
    """A file of the bank with one question for each objective of the lesson."""
    head = f"lesson: 1\nuse: {use}\nquestions:\n"
    extra = "" if use == "practice" else "In a graded paper: "
    return head + "".join(
        QUESTION.format(use=use[0], n=n, stem=f"'{extra}{stem}'")
        for n, stem in enumerate(STEMS, start=1)
    )


CLAIMS = (
    "claim_id,paragraph,claim_text,kind,estimative_word,check,note,source_title,source_url,"
    "source_keys\n"
    "C01,P0,The city is the capital.,historical fact,,confirmed,It is.,A work,,work\n"
)

BIBLIOGRAPHY = (
    "@book{work, author = {Rassler, Don and Brown, Vahid}, title = {A Work}, "
    "publisher = {A Press}, year = {2011}}\n"
)

TOC = """format: jb-book
root: book/index
chapters:
  - file: book/history/1-small
  - file: exercises/ex01/ex01
  - file: book/reference/glossary
  - file: book/reference/bibliography
"""


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


@pytest.fixture
def mini_course(tmp_path: Path) -> CourseFolders:
    """The files of a course of one lesson that builds without a warning."""
    for name in ("_config.yml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("glossary", "bibliography"):
        page = tmp_path / "book" / "reference" / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "book" / "reference" / f"{name}.md", page)
    write(
        tmp_path,
        {
            "_toc.yml": TOC,
            "book/index.md": "# A course\n\nWords.\n",
            "book/history/1-small.md": LESSON.replace("FILLER", "word " * 1500),
            "book/references.bib": BIBLIOGRAPHY,
            "book/data/facts/claims.csv": CLAIMS,
            "book/data/glossary/glossary.csv": (
                "term,definition,variants,source_key\nbase rate,How common it is.,,work\n"
            ),
            "exercises/ex01/ex01.md": "# An exercise\n",
            "assessments/practice/01-small.yaml": questions("practice"),
            "assessments/graded/01-small.yaml": questions("graded"),
        },
    )
    return CourseFolders(tmp_path)


def spoil(file: Path, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
