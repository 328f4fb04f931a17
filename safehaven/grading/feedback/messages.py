"""What of a check's output is meant for the student.

A check speaks to students in the messages of its asserts and in what it prints. Those texts
stand in its source, as literals, so a line of output is shown where a text of the source
explains it. All else is left out: comparisons such as `9 != 8`, tables of differences, what
student code printed, tracebacks.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from typing import Any

from safehaven.grading.feedback.hidden import Guard, Regions

_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: A line of a traceback at which the error arose: `---> 12 return table` or `--> 12 …`.
_ARROW = re.compile(r"^-+>\s*(\d+)(?:\s(.*))?$")
#: Words that name an argument which holds a message.
_MESSAGE_NAMES = frozenset({"msg", "message", "err_msg", "errmsg", "reason", "hint", "feedback"})
_SPEC = re.compile(r"%(?:\([^)]*\))?[-+ #0-9.*]*[a-zA-Z%]")
_FIELD = re.compile(r"\{[^{}]*\}")
_SENTENCE = re.compile(r"[^\W\d_][^\W\d_'’,;:.-]*(?:[ ,;:.'’-]+[^\W\d_]+)*[.!?]?")
_TRUTH = re.compile(r"\b(?:True|False|None)\b|\bis not (?:true|false|none)\b", re.IGNORECASE)

#: What stands before an item of a printed list.
_BULLET = re.compile(r"^(?:[-*•]|\d+[.)])\s+")

#: A text with fewer letters may be a name or a value of the test.
_FEWEST_LETTERS = 10
_MOST_MESSAGES = 30
_LONGEST = 600
_MOST_ALTERNATIVES = 32

#: Errors of the grading itself; their messages are written for students.
_GRADING = frozenset({"PointsError", "CannotBeTested", "CannotBeRead", "Untrusted"})

#: What happened, for errors whose name alone says little to a student.
_MEANING = {
    "CellTimeoutError": "It ran too long and was stopped.",
    "TimeoutError": "It ran too long and was stopped.",
    "KeyboardInterrupt": "It ran too long and was stopped.",
    "DeadKernelError": "Your code ended the program in which it ran.",
    "RecursionError": "A function calls itself without an end.",
    "MemoryError": "Your code took more memory than is allowed.",
}

#: A text with holes: a string stands for itself, None for anything.
_Template = tuple[str | None, ...]


@dataclass(frozen=True)
class Findings:
    """What a check says.

    Attributes:
        messages: texts that the instructor wrote for the student.
        error: the kind of error and its message, where that is the student's to know.
        is_hidden: whether the line that failed is a hidden one; None where it is not known.
        line: the number of the failing line in the cell as students have it; None where it is
            hidden or not known.
        lines: the student's own lines at which an error arose.
        is_stderr: whether anything was written to stderr.
    """

    messages: tuple[str, ...] = ()
    error: str = ""
    is_hidden: bool | None = None
    line: int | None = None
    lines: tuple[str, ...] = ()
    is_stderr: bool = False


def read_outputs(
    source: str,
    outputs: Sequence[Mapping[str, Any]],
    *,
    regions: Regions,
    guard: Guard,
    own: Iterable[str],
) -> Findings:
    """Read what a check printed and raised.

    Args:
        source: the instructor's source of the check, hidden regions included.
        outputs: the outputs of its cell.
        regions: how hidden regions are marked.
        guard: keeps hidden lines out.
        own: the student's own cells.
    """
    texts = _texts(source)
    messages: list[str] = []
    for output in outputs:
        if output.get("output_type") == "stream" and output.get("name") == "stdout":
            messages += filter(texts.explain, _lines(output.get("text")))
    error = next((o for o in outputs if o.get("output_type") == "error"), None)
    stderr = any(o.get("output_type") == "stream" and o.get("name") == "stderr" for o in outputs)
    said = ""
    number: int | None = None
    lines: tuple[str, ...] = ()
    if error is not None:
        raised, said = _raised(texts, str(error.get("ename", "")), _lines(error.get("evalue")))
        messages += raised
        steps = _steps(error.get("traceback") or ())
        number = _failing(source, steps)
        lines = _own_lines(steps, own)
    hidden = regions.hidden(source)
    is_hidden = None if number is None else number in hidden
    return Findings(
        messages=tuple(_tidy(messages, guard)),
        error=guard.clean(said),
        is_hidden=is_hidden,
        line=number - len([h for h in hidden if h < number])
        if number is not None and not is_hidden
        else None,
        lines=tuple(line for line in lines if not guard.holds(line)),
        is_stderr=stderr,
    )


def stopped(outputs: Sequence[Mapping[str, Any]], guard: Guard) -> str:
    """How a cell of the student stopped: the kind of error and its message; empty if it ran."""
    for output in outputs:
        if output.get("output_type") == "error":
            name = str(output.get("ename", ""))
            return guard.clean(_with_meaning(name, next(_lines(output.get("evalue")), "")))
    return ""


def _tidy(messages: Iterable[str], guard: Guard) -> list[str]:
    """Each message once, none longer or more than anybody reads."""
    kept = list(dict.fromkeys(guard.clean(_cut(message)) for message in messages))
    if len(kept) > _MOST_MESSAGES:
        kept = [*kept[:_MOST_MESSAGES], f"… and {len(kept) - _MOST_MESSAGES} more messages."]
    return kept


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"


def _lines(text: Any) -> Iterator[str]:
    """The lines that hold something; a notebook keeps a text whole or in a list."""
    whole = "".join(map(str, text)) if isinstance(text, list) else str(text or "")
    for line in _ANSI.sub("", whole).splitlines():
        if line.strip():
            yield line.strip()


# --- errors -----------------------------------------------------------------------------------


def _raised(texts: _Texts, name: str, lines: Iterator[str]) -> tuple[list[str], str]:
    """The messages that an error carries, and the error itself where it may be shown."""
    value = list(lines)
    messages = [said for line in value if (said := texts.message_in(line))]
    if name == "AssertionError":
        if not messages and value and _is_plain_sentence(value[0]):
            messages = value[:1]
        return messages, ""
    if messages or name in _GRADING:
        return messages or list(map(_cut, value)), ""
    # The message of Python's own errors speaks of the student's names and values.
    known = isinstance(getattr(builtins, name, None), type)
    return [], _with_meaning(name, value[0] if known and value else "")


def _with_meaning(name: str, value: str) -> str:
    said = f"{name}: {_cut(value)}" if value else name
    return _MEANING.get(name, said)


def _is_plain_sentence(text: str) -> bool:
    """Whether it is words alone, without values that a test expects."""
    return (
        _SENTENCE.fullmatch(text) is not None
        and len(_WORD.findall(text)) >= 3
        and _TRUTH.search(text) is None
    )


def _steps(traceback: Iterable[Any]) -> list[tuple[int, str]]:
    """The lines of a traceback at which a call or an error stands, with their numbers."""
    found: list[tuple[int, str]] = []
    for part in traceback:
        for line in _ANSI.sub("", str(part)).splitlines():
            arrow = _ARROW.match(line)
            if arrow:
                found.append((int(arrow[1]), (arrow[2] or "").strip()))
    return found


def _failing(source: str, steps: Sequence[tuple[int, str]]) -> int | None:
    """The number of the check's own line at which it failed.

    The examiner gives the number alone; elsewhere the line has to be the check's own.
    """
    lines = source.split("\n")
    for number, text in steps:
        if number <= len(lines) and text in ("", lines[number - 1].strip()):
            return number
    return None


def _own_lines(steps: Sequence[tuple[int, str]], own: Iterable[str]) -> tuple[str, ...]:
    """The student's lines among those of a traceback."""
    written = {line.strip() for cell in own for line in cell.split("\n")} - {""}
    return tuple(dict.fromkeys(text for _, text in steps if text in written))[-3:]


# --- the texts of a check ---------------------------------------------------------------------


class _Texts:
    """The texts in the source of a check that it can say to a student."""

    def __init__(self, source: str) -> None:
        #: What a statement says by intention, however short it is.
        self._said: set[_Template] = set()
        #: All other texts that read like words, with their number of words.
        self._others: dict[_Template, int] = {}
        tree = _parse(source)
        for node in ast.walk(tree) if tree else ():
            for spoken in _spoken(node):
                self._said.update(filter(_words, _by_line(spoken)))
            if isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp, ast.Call)):
                for line in _by_line(_templates(node)):
                    words = _words(line)
                    if sum(map(len, words)) >= _FEWEST_LETTERS:
                        self._others[line] = len(words)

    def explain(self, line: str) -> bool:
        """Whether a text of the source gives this printed line, be it an item of a list."""
        item = _BULLET.sub("", line)
        return self._gives(line, 2) or (item != line and self._gives(item, 2))

    def message_in(self, line: str) -> str:
        """The instructor's part of an error's line; empty where there is none.

        Test libraries put it behind what they compared: `9 != 8 : The sum is wrong.`
        """
        if self._gives(line, 3):
            return line
        _, _, behind = line.partition(" : ")
        return behind if behind and self._gives(behind, 3) else ""

    def _gives(self, line: str, fewest: int) -> bool:
        others = (template for template, words in self._others.items() if words >= fewest)
        return any(_matches(template, line) for template in chain(self._said, others))


@lru_cache(maxsize=256)
def _texts(source: str) -> _Texts:
    """The texts of a check, worked out once for a class."""
    return _Texts(source)


def _parse(source: str) -> ast.Module | None:
    # IPython's own lines are no Python; they hold no message.
    plain = re.sub(r"^(\s*)[%!].*$", r"\1pass", source, flags=re.M)
    try:
        return ast.parse(plain)
    except (SyntaxError, ValueError):
        return None


def _spoken(node: ast.AST) -> Iterator[list[_Template]]:
    """What a statement says by intention, however short it is."""
    if isinstance(node, ast.Assert) and node.msg is not None:
        yield _templates(node.msg)
    elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        for argument in node.exc.args:
            yield _templates(argument)
    elif isinstance(node, ast.Call):
        name = _name(node.func)
        if name == "print":
            yield _printed(node)
        if name.lower().startswith("assert") and node.args:
            yield _templates(node.args[-1])
        for keyword in node.keywords:
            if keyword.arg in _MESSAGE_NAMES:
                yield _templates(keyword.value)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _printed(call: ast.Call) -> list[_Template]:
    between: str | None = " "
    for keyword in call.keywords:
        if keyword.arg == "sep":
            given = keyword.value
            constant = isinstance(given, ast.Constant) and isinstance(given.value, str)
            between = str(given.value) if constant and isinstance(given, ast.Constant) else None
    parts = [_templates(argument) for argument in call.args]
    return [
        tuple(piece for i, part in enumerate(chosen) for piece in ((between,) if i else ()) + part)
        for chosen in _alternatives(parts)
    ]


def _alternatives(parts: Sequence[Sequence[_Template]]) -> list[tuple[_Template, ...]]:
    count = 1
    for part in parts:
        count *= len(part)
    if count > _MOST_ALTERNATIVES:
        return []
    return list(product(*parts))


def _templates(node: ast.expr) -> list[_Template]:
    """The texts that an expression can give."""
    found: list[_Template] = [(None,)]
    match node:
        case ast.Constant(value=value):
            found = [(str(value),)]
        case ast.JoinedStr(values=values):
            joined = (v.value if isinstance(v, ast.Constant) else None for v in values)
            found = [tuple(None if v is None else str(v) for v in joined)]
        case ast.IfExp(body=body, orelse=orelse):
            found = [*_templates(body), *_templates(orelse)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            pairs = _alternatives([_templates(left), _templates(right)])
            found = [one + other for one, other in pairs]
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod()):
            found = [_with_holes(text, _SPEC)]
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
            found = [_with_holes(text, _FIELD)]
    return found


def _with_holes(text: str, hole: re.Pattern[str]) -> _Template:
    pieces: list[str | None] = []
    for i, piece in enumerate(hole.split(text)):
        pieces += [None, piece] if i else [piece]
    return tuple(pieces)


def _by_line(templates: Iterable[_Template]) -> Iterator[_Template]:
    """A template for each line of what they give, without blanks around it."""
    for template in templates:
        line: list[str | None] = []
        for piece in template:
            first, *rest = [None] if piece is None else piece.split("\n")
            line.append(first)
            for text in rest:
                yield _stripped(line)
                line = [text]
        yield _stripped(line)


def _stripped(line: Sequence[str | None]) -> _Template:
    pieces = [piece for piece in line if piece != ""]
    if pieces and pieces[0] is not None:
        pieces[0] = pieces[0].lstrip()
    if pieces and pieces[-1] is not None:
        pieces[-1] = pieces[-1].rstrip()
    return tuple(pieces)


def _words(template: _Template) -> list[str]:
    return [word for piece in template if piece for word in _WORD.findall(piece)]


def _matches(template: _Template, line: str) -> bool:
    """Whether a line can come from a template; in time that grows with the line alone."""
    at = 0
    may_skip = False
    for i, piece in enumerate(template):
        if piece is None:
            may_skip = True
            continue
        if not may_skip:
            found = 0 if line.startswith(piece, at) else -1
            start = at if found == 0 else -1
        elif i == len(template) - 1:
            start = len(line) - len(piece) if line.endswith(piece) else -1
            start = start if start >= at else -1
        else:
            start = line.find(piece, at)
        if start < 0:
            return False
        at = start + len(piece)
        may_skip = False
    return may_skip or at == len(line)
