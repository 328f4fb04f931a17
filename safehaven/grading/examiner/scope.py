"""Who bound which name last, as far as sources show it: the student's cells or the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nbgrader import utils

from safehaven.grading.examiner.outputs import Node
from safehaven.grading.examiner.reference import Seen
from safehaven.grading.examiner.source import is_builtin, names_of


@dataclass(frozen=True)
class View:
    """The names of one test.

    Attributes:
        wanted: names of the student that it is sure to need.
        shadowed: builtins that are the student's here.
        imports: import statements by the name that they bind.
        definitions: functions and constants of the instructor's cells, by name.
        own: names of earlier tests.
        dropped: names of earlier tests that are the student's again.
        is_students: whether the value at the end is made from what the student's kernel gave.
    """

    wanted: frozenset[str]
    shadowed: frozenset[str]
    imports: dict[str, str]
    definitions: dict[str, str]
    own: frozenset[str]
    dropped: frozenset[str]
    is_students: bool

    def order(self, cell: Node) -> dict[str, Any]:
        """Give the test as the examiner's process takes it."""
        return {
            "source": cell.source,
            "points": float(cell.metadata.nbgrader.get("points", 0)),
            "imports": self.imports,
            "definitions": self.definitions,
            "shadowed": sorted(self.shadowed),
            "own": sorted(self.own),
            "drop": sorted(self.dropped),
            "ends_in_students": self.is_students,
        }


class Scope:
    """What the cells that have passed bound.

    Args:
        visible: gives the part of a test that students know.
        is_learning: whether all cells are the instructor's.
    """

    def __init__(self, visible: Callable[[Node], str], *, is_learning: bool = False) -> None:
        self._visible = visible
        self._is_learning = is_learning
        #: Imports of the instructor: of locked cells, and of the answers where they are the
        #: instructor's own.
        self._imports: dict[str, str] = {}
        #: Functions and constants of the instructor's cells that no student's cell bound since.
        self._definitions: dict[str, str] = {}
        #: Functions and constants of the instructor's cells, whoever bound their names since.
        self._all_definitions: dict[str, str] = {}
        #: Names that tests bound, and whether a cell of the student's bound them since.
        self._of_tests: dict[str, bool] = {}
        #: Visible parts of tests by the names that they bound last.
        self._tests: dict[str, str] = {}

    def passed_code(self, cell: Node) -> None:
        """Take note of a cell that ran in the student's kernel."""
        names = names_of(cell.source)
        for name in names.bound:
            self._definitions.pop(name, None)
        if self._is_learning:
            for name in names.bound:
                self._imports.pop(name, None)
        if self._is_learning or utils.is_locked(cell):
            self._imports.update(names.imports)
        if utils.is_locked(cell):
            self._definitions.update(names.definitions)
            self._all_definitions.update(names.definitions)
        for name in names.bound:
            self._tests.pop(name, None)
            if name in self._of_tests:
                self._of_tests[name] = True

    def passed_test(self, cell: Node, *, is_together: bool = False) -> None:
        """Take note of a test.

        Args:
            cell: the test.
            is_together: whether it ran in the student's kernel, which has its names now.
        """
        names = names_of(cell.source)
        self._imports.update(names.imports)
        self._of_tests.update(dict.fromkeys(names.bound, is_together))
        if is_together:
            return
        visible = self._visible(cell)
        shown = names_of(visible)
        imported = {name for name, _ in shown.imports}
        self._tests.update(dict.fromkeys(shown.bound - imported, visible))

    def imports_of(self, cell: Node) -> list[str]:
        """Give the imports in the part of a test that students know."""
        return [line for _, line in names_of(self._visible(cell)).imports]

    def missing(self, cell: Node) -> Iterator[str]:
        """Give what a cell relies on though only a test bound it: the visible parts of tests."""
        read = names_of(cell.source).read
        given: list[str] = []
        for name in sorted(read & self._tests.keys()):
            visible = self._tests.pop(name)
            if visible not in given:
                given.append(visible)
                yield visible

    def imports_for(self, cell: Node) -> dict[str, str]:
        """Give the imports of names that a test reads."""
        read = names_of(cell.source).touched
        return {name: line for name, line in self._imports.items() if name in read}

    def view(self, cell: Node, seen: Seen | None) -> View:
        """Give the names of a test that is about to run."""
        names = names_of(cell.source)
        if seen is not None:
            return self._view_as_seen(cell, seen)
        tests = frozenset(n for n, rebound in self._of_tests.items() if not rebound)
        own = tests | self._imports.keys() | self._definitions.keys()
        builtin = {name for name in names.read if is_builtin(name)}
        wanted = names.read - own - builtin
        if self._is_learning:
            wanted |= builtin
        return View(
            wanted=frozenset(wanted),
            shadowed=frozenset(builtin if self._is_learning else ()),
            imports=self._imports,
            definitions=self._definitions,
            own=tests,
            dropped=frozenset(n for n, rebound in self._of_tests.items() if rebound),
            is_students=bool(names.last & wanted),
        )

    def _view_as_seen(self, cell: Node, seen: Seen) -> View:
        """Give the names as the instructor's answers show them."""
        names = names_of(cell.source)
        imports = {**self._imports, **seen.imports}
        return View(
            wanted=names.read & seen.students,
            shadowed=frozenset(name for name in seen.students if is_builtin(name)),
            imports={name: line for name, line in imports.items() if name not in seen.students},
            definitions={
                name: source
                for name, source in self._all_definitions.items()
                if name not in seen.students
            },
            own=frozenset(self._of_tests) - seen.students,
            dropped=seen.students,
            is_students=bool(names.last & seen.students),
        )
