"""Makes one small style sheet out of many large ones: what no page can use is left out.

A rule is kept when every class, id and element that its selector needs occurs somewhere in the
pages or in their scripts. What stands inside `:not()`, `:is()`, `:where()` and `:has()`, and
attributes, is not looked at, so a rule may be kept in vain but is never missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import tinycss2

#: Rules whose block holds rules again.
_NESTING = frozenset({"media", "supports", "layer", "container"})
#: The fonts of icons, which `icons.css` draws without a font.
_ICON_FONT = re.compile(r"Font Awesome", re.IGNORECASE)
_VARIABLE = re.compile(r"--[A-Za-z][\w-]*")
_READ_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']\)?\s*;""")


class _Names(HTMLParser):
    """Collects the elements, classes and ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        for name, value in attrs:
            if name == "class":
                self.found.update(f".{part}" for part in (value or "").split())
            elif name == "id":
                self.found.add(f"#{value}")


def names_in_page(page: str) -> set[str]:
    """The elements (`p`), classes (`.note`), ids (`#main`) and variables (`--ink`) of a page."""
    parser = _Names()
    parser.feed(page)
    return parser.found | set(_VARIABLE.findall(page))


def names_in_script(script: str) -> set[str]:
    """Every word that a script could use as the name of an element, a class or an id."""
    words = set(re.findall(r"[A-Za-z_][\w-]*", script))
    return {mark + word for word in words for mark in ("", ".", "#", "--")}


def with_imports(file: Path) -> str:
    """A style sheet with the sheets that it imports in their places."""
    text = file.read_text(encoding="utf-8")
    return _IMPORT.sub(lambda found: with_imports(file.parent / found[1]), text)


def reduced(css: str, names: set[str]) -> str:
    """The rules that can apply where only these names occur, with the variables they use."""
    while True:  # a variable that only an unused variable reads is unused too
        read = names.union(_READ_VARIABLE.findall(css))
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        shorter = "".join(_kept(rules, names, read))
        if shorter == css:
            return css
        css = shorter


def _kept(rules: Iterable[Any], names: set[str], read: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule":
            yield _kept_at_rule(rule, names, read)
        elif rule.type == "qualified-rule":
            selectors = [part for part in _split(rule.prelude, ",") if _can_match(part, names)]
            body = _declarations(rule.content, read)
            if selectors and body:
                prelude = ",".join(tinycss2.serialize(part).strip() for part in selectors)
                yield f"{prelude}{{{body}}}\n"


def _kept_at_rule(rule: Any, names: set[str], read: set[str]) -> str:
    prelude = tinycss2.serialize(rule.prelude).strip()
    head = f"@{rule.at_keyword} {prelude}".strip()
    if rule.content is None:
        return "" if rule.lower_at_keyword == "charset" else f"{head};\n"
    if rule.lower_at_keyword in _NESTING:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        body = "".join(_kept(inner, names, read))
        return f"{head}{{\n{body}}}\n" if body else ""
    if rule.lower_at_keyword == "keyframes":
        return f"{head}{{{tinycss2.serialize(rule.content)}}}\n"
    body = _declarations(rule.content, read)
    if rule.lower_at_keyword == "font-face" and _ICON_FONT.search(body):
        return ""
    return f"{head}{{{body}}}\n"


def _declarations(content: list[Any], read: set[str]) -> str:
    """The inside of a rule, without comments, needless space and variables that nobody reads."""
    found = []
    for part in _split(content, ";"):
        text = tinycss2.serialize(part).strip()
        variable = _VARIABLE.match(text)
        if text and not (variable and variable[0] not in read):
            found.append(re.sub(r"\s*\n\s*", " ", text))
    return ";".join(found)


def _split(tokens: list[Any], mark: str) -> Iterator[list[Any]]:
    """The parts of a list of tokens between marks, without comments."""
    part: list[Any] = []
    for token in tokens:
        if token == mark:
            yield part
            part = []
        elif token.type != "comment":
            part.append(token)
    yield part


def _can_match(selector: list[Any], names: set[str]) -> bool:
    """Whether everything that a selector needs outside its functions occurs."""
    before = ""
    for token in selector:
        mark = token.value if token.type == "literal" else ""
        if token.type == "hash" and f"#{token.value}" not in names:
            return False
        if token.type == "ident" and before != ":":
            needed = f".{token.value}" if before == "." else token.lower_value
            if needed not in names:
                return False
        before = mark
    return True
