"""The tests of the exercises ask for nothing but the answer, so they can run without its notebook.

A test that looks at the notebook itself, or at what other cells made, could not be run in a clean
process, where what a student wrote cannot change the test.
"""

import ast
import builtins

import pytest
from course_exercises import SOURCES

from safehaven.assignments.source import Cell, owner

TESTS = [
    pytest.param(cell, source.answers[owner(name, source.answers) or ""], id=f"{assignment}-{name}")
    for assignment, source in SOURCES.items()
    for name, cell in source.graded.items()
    if cell.is_test
]
#: These look at the notebook or at how the answer is written.
LOOKING = {"globals", "locals", "vars", "eval", "exec", "get_ipython", "__import__"}
MODULES = {"inspect", "IPython", "unittest", "sys", "gc", "dis"}


def made(tree: ast.AST) -> set[str]:
    """The names that a cell gives to something."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
    return found


def used(tree: ast.AST) -> set[str]:
    """The names that a cell asks for."""
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def foreign(test: str, answer: str) -> set[str]:
    """What a test needs beside the answer and Python."""
    tree = ast.parse(test)
    known = made(tree) | made(ast.parse(answer)) | (set(dir(builtins)) - LOOKING)
    modules = {
        str(node.module).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    return (used(tree) - known) | ((made(tree) | modules) & MODULES)


@pytest.mark.parametrize(("test", "answer"), TESTS)
def test_a_test_needs_the_answer_alone(test: Cell, answer: Cell) -> None:
    assert foreign(test.text, answer.text) == set()


def test_what_a_test_must_not_need_is_found() -> None:
    assert foreign("assert total(rows) == 1", "def total(given):\n    return 1") == {"rows"}
    assert foreign("import inspect\nfrom unittest import mock", "x = 1") == {"inspect", "unittest"}
    assert foreign("assert 'x' in globals()", "x = 1") == {"globals"}
    assert foreign("import pandas as pd\nassert pd.Series(x).sum() == 1", "x = [1]") == set()
