"""A graded quiz as an nbgrader source notebook, and the answers of simulated students.

Each question is four cells: its text; an answer cell `answer_g01 = None`; and one test cell,
whose visible part tells the student whether the answer has the right form and whose hidden
part scores it. The answer cell is none of nbgrader's kinds (neither solution nor graded), so
that the student finds `None` to replace instead of a stub that raises an error; nbgrader
leaves it as the student wrote it. The key stands only in the hidden part. A test cell needs
nothing but the value of the answer, so it can run in a process of its own.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from safehaven.bank import Presented, Question, present
from safehaven.bank.model import (
    ChoiceBase,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortText,
    SingleChoice,
)
from safehaven.bank.present import fill, trap_numbers
from safehaven.bank.scoring import normalise
from safehaven.render.answers import (
    READERS,
    SCORERS,
    reader_arguments,
    score_answer,
    scorer_arguments,
)
from safehaven.render.diagnostic import begin_source
from safehaven.render.feedback import feedback_lines
from safehaven.render.markup import markdown_text, plain_text

#: How a simulated student answers; 'half' is wrong where a kind knows no partial credit.
How = Literal["right", "right-another-way", "wrong", "half", "blank"]
HOWS: tuple[How, ...] = ("right", "right-another-way", "wrong", "half", "blank")

#: The `grade_id` of the last cell of a diagnostic, which carries no points.
BEGIN_WITH = "lessons-to-begin-with"


def notebook_text(
    questions: Sequence[Question],
    *,
    title: str,
    seed: str,
    points: Mapping[str, float] | float = 1,
    advice: Mapping[str, str] | None = None,
    begin_with: Mapping[int, str] | None = None,
) -> str:
    """`quiz_notebook(…)` as the text of a file, the same for the same arguments."""
    notebook = quiz_notebook(
        questions, title=title, seed=seed, points=points, advice=advice, begin_with=begin_with
    )
    written: str = nbformat.writes(notebook)
    return written + "\n"


def quiz_notebook(
    questions: Sequence[Question],
    *,
    title: str,
    seed: str,
    points: Mapping[str, float] | float = 1,
    advice: Mapping[str, str] | None = None,
    begin_with: Mapping[int, str] | None = None,
) -> nbformat.NotebookNode:
    """The nbgrader source notebook of a quiz.

    Args:
        questions: in the order of the quiz; at least one.
        title: heading of the notebook.
        seed: decides the order of the options and the drawn numbers; it is not written down.
        points: what each question is worth, or by question id.
        advice: for an objective's id, the sentence that tells a student who was wrong what to
            read, such as the section that teaches it.
        begin_with: for a diagnostic, what each lesson is called, by its number. A last cell
            then says in the feedback with which of them to begin.

    Raises:
        ValueError: there is no question, or one stands there twice.
    """
    if not questions or len({question.id for question in questions}) < len(questions):
        raise ValueError("a quiz has at least one question and each of them once")
    names = answer_names(questions)
    shown = [present(question, seed) for question in questions]
    worth = [_worth(question, points) for question in questions]
    cells = [_intro_cell(title, shown, diagnostic=begin_with is not None)]
    for number, (presented, credit) in enumerate(zip(shown, worth, strict=True), start=1):
        question = presented.question
        hint = (advice or {}).get(
            question.objective,
            f"Reread what lesson {question.lesson} says on {question.objective}.",
        )
        cells += quiz_cells(
            presented, name=names[question.id], number=number, points=credit, advice=hint
        )
    if begin_with is not None:
        source = begin_source(shown, names, begin_with)
        cells.append(_cell(new_code_cell, BEGIN_WITH, source, locked=True, points=0, folded=True))
    notebook: nbformat.NotebookNode
    # As in an exercise: reports on a class find there what each task assesses.
    assessed = {answer_cell_id(question): question.objective for question in questions}
    notebook = new_notebook(cells=cells, metadata=_METADATA | {"safehaven": {"tasks": assessed}})
    return notebook


_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def quiz_cells(
    presented: Presented, *, name: str, number: int, points: float, advice: str
) -> list[nbformat.NotebookNode]:
    """The cells of one question: its text, the answer cell, the test cell."""
    identifier = answer_cell_id(presented.question)
    return [
        _cell(
            new_markdown_cell,
            f"{identifier}-text",
            _question_text(presented, number, points),
            locked=True,
        ),
        _cell(new_code_cell, identifier, _answer_text(presented, name), deletable=False),
        _cell(
            new_code_cell,
            test_cell_id(presented.question),
            _visible_part(presented, name) + _hidden_part(presented, points, advice),
            locked=True,
            points=points,
            folded=True,
        ),
    ]


def answer_cell_id(question: Question) -> str:
    """The `grade_id` (and cell id) of the cell a student answers in: `L07-g01`."""
    return question.id.replace(".", "-")


def test_cell_id(question: Question) -> str:
    """The `grade_id` (and cell id) of the cell that carries the points: `L07-g01-points`."""
    return f"{answer_cell_id(question)}-points"


def answer_names(questions: Sequence[Question]) -> dict[str, str]:
    """The variable of each question, by id: `answer_g01`, in a mixed quiz `answer_L07_g01`."""
    mixed = len({question.lesson for question in questions}) > 1
    return {q.id: f"answer_{q.id.replace('.', '_') if mixed else q.id[4:]}" for q in questions}


def _worth(question: Question, points: Mapping[str, float] | float) -> float:
    return points[question.id] if isinstance(points, Mapping) else points


def _cell(
    make: Callable[..., nbformat.NotebookNode],
    identifier: str,
    source: str,
    *,
    locked: bool = False,
    points: float | None = None,
    folded: bool = False,
    deletable: bool = True,
) -> nbformat.NotebookNode:
    """One cell with nbgrader's metadata; a cell with points is a test cell."""
    nbgrader: dict[str, Any] = {
        "grade": points is not None,
        "grade_id": identifier,
        "locked": locked,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    if points is not None:
        nbgrader["points"] = points
    metadata: dict[str, Any] = {"nbgrader": nbgrader}
    if not deletable:
        metadata["deletable"] = False
    if folded:  # in JupyterLab and in the book; the output stays in sight
        metadata |= {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
    return make(source=source, id=identifier, metadata=metadata)


# What a student reads -------------------------------------------------------------------------


def _intro_cell(
    title: str, shown: Sequence[Presented], *, diagnostic: bool
) -> nbformat.NotebookNode:
    kinds = {presented.question.kind for presented in shown}
    forms = "\n".join(f"- {text}" for kind, text in _FORMS.items() if kind in kinds)
    purpose = " The end of your feedback says with which lessons to begin." if diagnostic else ""
    return _cell(
        new_markdown_cell,
        "how-to-answer",
        f"# {markdown_text(title)}\n\n"
        f"This quiz has {_count(len(shown), 'question')}.{purpose}\n\n"
        "Write each answer in the cell below its question, in place of `None`, and run that "
        "cell. Then run the cell after it: it says how your answer is read and whether its form "
        "is right. Whether the answer is right you learn when the quiz has been graded. A "
        "question without an answer gives no points; the others are not affected.\n\n"
        f"{forms}\n",
        locked=True,
    )


_FORMS = {
    "single": '**One option is right:** its letter, such as `"B"`.',
    "multiple": '**Several options may be right:** all their letters, such as `["A", "C"]`. '
    "A wrong letter takes back a right one.",
    "numeric": "**A number:** in figures, such as `27` or `12.5`, in the unit that the question "
    "names.",
    "ordering": '**An order:** all letters, each once, in the order asked for: `["B", "A", …]`.',
    "matching": '**Pairs:** for each number one letter, such as `{1: "B", 2: "A"}`.',
    "text": '**A name or a few words:** in quotation marks, such as `"a name"`.',
}


def _count(number: float, thing: str) -> str:
    return f"{number:g} {thing}" if number == 1 else f"{number:g} {thing}s"


def _question_text(presented: Presented, number: int, points: float) -> str:
    head = f"**Question {number}** ({_count(points, 'point')})"
    lines = [f"- **{letter}** – {markdown_text(t)}" for letter, t in presented.entries.items()]
    blocks = [head, markdown_text(presented.stem)]
    if isinstance(presented.question, Matching):
        lefts = (markdown_text(pair.left) for pair in presented.question.pairs)
        blocks.append("\n".join(f"{i}. {left}" for i, left in enumerate(lefts, start=1)))
    if isinstance(presented.question, Numeric):
        blocks.append(f"Unit: {markdown_text(presented.question.unit)}")
    if lines:
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _form(presented: Presented) -> str:
    """What an answer looks like, in words that fit after 'should be'."""
    letters = list(presented.letters)
    span = f"from {letters[0]} to {letters[-1]}" if letters else ""
    match presented.question:
        case SingleChoice():
            return f'one letter {span}, such as "B"'
        case MultipleChoice():
            return f'a list of letters {span}, such as ["A", "C"]'
        case Ordering():
            return f'a list of all letters {span}, each once, such as ["B", "A", …]'
        case Matching() as question:
            return (
                f"a letter {span} for each number from 1 to {len(question.pairs)}, "
                'such as {1: "B", 2: "A", …}'
            )
        case Numeric() as question:
            return f"a number in figures, such as 27 or 12.5 (unit: {plain_text(question.unit)})"
        case _:
            return 'a name or a few words in quotation marks, such as "a name"'


def _answer_text(presented: Presented, name: str) -> str:
    return f"# In place of None: {_form(presented)}\n{name} = None"


# The test cell --------------------------------------------------------------------------------

_VISIBLE = """\
# This cell says whether your answer has the right form, not whether it is right.
{reader}

try:
    given = {name}
except NameError:
    given = None
answer = {call}
if answer is None:
    problem = "is still empty" if given is None else "cannot be read"
    print({name!r}, problem + ": it", {form!r})
else:
    print({name!r}, "is read as:", {shown})
"""

_HIDDEN = """\
### BEGIN HIDDEN TESTS
{scorer}

right = {right}
feedback = {feedback}
credit = 0 if answer is None else {call}
marks = [] if answer is None or credit == 1 else {marks}
if answer is not None:
    print("Right." if credit == 1 else "Partly right." if credit > 0 else "Not right.")
for mark in marks:
    if mark in feedback:
        print(feedback[mark])
if credit < 1:
    print({advice})
{points} if credit == 1 else round({points} * credit, 4)
### END HIDDEN TESTS"""

#: How what was read is shown to the student, and which marks of feedback fit it, by kind.
_SHOWN = {
    "single": "answer[0]",
    "multiple": '", ".join(answer)',
    "numeric": 'f"{answer:,.10g}"',
    "ordering": '", ".join(answer)',
    "matching": '", ".join(f"{left} – {letter}" for left, letter in answer.items())',
    "text": "answer[:80]",
}
_CHOICE_MARKS = "[letter for letter in answer if letter not in right]"
_MARKS = {
    "single": _CHOICE_MARKS,
    "multiple": _CHOICE_MARKS,
    "numeric": "[f't{i}' for i, trap in enumerate(traps) if score_number(answer, trap, tolerance)]",
    "ordering": "['order']",
    "matching": (
        "[mark for left in right if answer.get(left) != right[left]"
        " for mark in (left, answer.get(left))]"
    ),
    "text": "[f't{i}' for i, trap in enumerate(traps) if score_text(answer, trap)]",
}


def _visible_part(presented: Presented, name: str) -> str:
    kind = presented.question.kind
    reader = READERS[kind]
    arguments = ", ".join(["given", *map(repr, reader_arguments(presented))])
    return _VISIBLE.format(
        reader=inspect.getsource(reader).rstrip(),
        name=name,
        call=f"{reader.__name__}({arguments})",
        form=f"should be {_form(presented)}.",
        shown=_SHOWN[kind],
    )


def _hidden_part(presented: Presented, points: float, advice: str) -> str:
    question = presented.question
    scorer, (right, *more) = SCORERS[question.kind], scorer_arguments(presented)
    sources = [normalise, scorer] if isinstance(question, ShortText) else [scorer]
    arguments = ", ".join(["answer", "right", *(["tolerance"] if more else [])])
    settings = [*(f"tolerance = {value!r}\n" for value in more)]
    if isinstance(question, Numeric):
        settings.append(f"traps = {trap_numbers(question, presented.values)!r}\n")
    if isinstance(question, ShortText):
        settings.append(f"traps = {[trap.answers for trap in question.traps]!r}\n")
    # What is said of a right option is never among the marks: it would name the key.
    feedback = {
        mark: plain_text(fill(text, presented.values))
        for mark, _, text in feedback_lines(presented)
    }
    return _HIDDEN.format(
        scorer="\n\n".join(inspect.getsource(function).rstrip() for function in sources),
        right=f"{right!r}\n{''.join(settings)}".rstrip(),
        feedback=repr(feedback),
        call=f"{scorer.__name__}({arguments})",
        marks=_MARKS[question.kind],
        advice=repr(plain_text(advice)),
        points=repr(points),
    )


# Simulated students ---------------------------------------------------------------------------


def answer_source(presented: Presented, how: How, *, name: str | None = None) -> str:
    """The source of the answer cell of a student who answers in a given way.

    Args:
        presented: the question under the seed of the quiz.
        how: see `How`.
        name: the variable, where it is not that of a quiz on one lesson (`answer_g01`).
    """
    question = presented.question
    return f"{name or answer_names([question])[question.id]} = {_simulated(presented, how)!r}"


def expected_score(presented: Presented, how: How) -> float:
    """What the answer of `answer_source` is worth, from 0 to 1."""
    return score_answer(presented, _simulated(presented, how))


def _simulated(presented: Presented, how: How) -> object:
    if how == "blank":
        return None
    match presented.question:
        case ChoiceBase():
            return _simulated_choice(presented, how)
        case Ordering():
            return _simulated_order(presented, how)
        case Matching():
            return _simulated_pairs(presented, how)
        case Numeric():
            return _simulated_number(presented, how)
        case ShortText() as question:
            right, other = question.accept[0], question.accept[-1].upper()
            wrong = question.traps[0].answers[0]
            return {"right": right, "right-another-way": other}.get(how, wrong)


def _simulated_choice(presented: Presented, how: How) -> object:
    right = [letter for letter in presented.letters if letter in presented.key]  # type: ignore[operator]
    wrong = [letter for letter in presented.letters if letter not in right]
    if isinstance(presented.question, SingleChoice):
        return {"right": right[0], "right-another-way": [right[0].lower()]}.get(how, wrong[0])
    half = right[: len(right) // 2] or wrong
    answers: dict[How, object] = {
        "right": right,
        "right-another-way": " and ".join(right).lower(),
        "wrong": wrong,
        "half": half,
    }
    return answers[how]


def _simulated_order(presented: Presented, how: How) -> object:
    right = list(presented.key)  # type: ignore[arg-type]
    answers: dict[How, object] = {
        "right": right,
        "right-another-way": " ".join(right).lower(),
        "wrong": right[::-1],
        "half": [*right[:-2], right[-1], right[-2]],
    }
    return answers[how]


def _simulated_pairs(presented: Presented, how: How) -> object:
    right = dict(presented.key)  # type: ignore[arg-type]
    letters = list(right.values())
    half = [*letters[:-2], letters[-1], letters[-2]]
    answers: dict[How, object] = {
        "right": {int(left): letter for left, letter in right.items()},
        "right-another-way": {left: letter.lower() for left, letter in right.items()},
        "wrong": dict(enumerate([*letters[1:], letters[0]], start=1)),
        "half": dict(enumerate(half, start=1)),
    }
    return answers[how]


def _simulated_number(presented: Presented, how: How) -> object:
    question, key = presented.question, presented.key
    assert isinstance(question, Numeric) and isinstance(key, float | int)
    shown = round(key, question.decimals or None)
    right = shown if score_answer(presented, shown) == 1 else key
    if how == "right":
        return right
    if how == "right-another-way":
        return f"{right} {question.unit}"
    traps = trap_numbers(question, presented.values)
    wrong = [trap for trap in traps if score_answer(presented, trap) == 0]
    return wrong[0] if wrong else key + 10 * question.tolerance + 1
