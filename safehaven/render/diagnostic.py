"""The last cell of a diagnostic notebook: with which lessons a student should begin.

It scores all answers once more, so that it needs nothing of the cells above but the answers.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from safehaven.bank import Presented
from safehaven.bank.scoring import lessons_to_begin_with, normalise, score_text
from safehaven.render.answers import READERS, SCORERS, reader_arguments, scorer_arguments
from safehaven.render.markup import plain_text

#: Below this share of the points of a lesson, a student is told to begin with it.
ENOUGH_TO_GO_ON = 0.6

_SOURCE = """\
# When the quiz has been graded, this cell says with which lessons to begin.
### BEGIN HIDDEN TESTS
{functions}


def worth(given, reader, settings, scorer, key):
    try:
        answer = reader(given(), *settings)
    except NameError:
        answer = None
    return 0 if answer is None else scorer(answer, *key)


results = [
{results}
]
titles = {titles!r}
begin = {begin}(results, {enough!r})
print("Begin with:" if begin else "You know something of every lesson: begin with any of them.")
for lesson in begin:
    print("-", titles[lesson])
### END HIDDEN TESTS"""


def begin_source(
    shown: Sequence[Presented], names: Mapping[str, str], titles: Mapping[int, str]
) -> str:
    """The source of the cell.

    Args:
        shown: the questions as the class sees them.
        names: the variable of each answer, by the question's id.
        titles: what each lesson is called, by its number.
    """
    functions: list[Callable[..., Any]] = [lessons_to_begin_with]
    for presented in shown:
        kind = presented.question.kind
        functions += [READERS[kind], SCORERS[kind]]
    if score_text in functions:
        functions.append(normalise)
    lessons = sorted({presented.question.lesson for presented in shown})
    return _SOURCE.format(
        functions="\n\n".join(
            inspect.getsource(function).rstrip() for function in dict.fromkeys(functions)
        ),
        results="\n".join(f"    {_result(p, names[p.question.id])}," for p in shown),
        titles={number: plain_text(titles[number]) for number in lessons},
        begin=lessons_to_begin_with.__name__,
        enough=ENOUGH_TO_GO_ON,
    )


def _result(presented: Presented, name: str) -> str:
    """The lesson of a question, and the call that says what the answer is worth."""
    kind, lesson = presented.question.kind, presented.question.lesson
    reader, scorer = READERS[kind].__name__, SCORERS[kind].__name__
    settings, key = reader_arguments(presented), scorer_arguments(presented)
    return f"({lesson}, worth(lambda: {name}, {reader}, {settings!r}, {scorer}, {key!r}))"
