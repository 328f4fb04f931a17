"""Tests that cannot be examined apart run in the student's kernel, under watch."""

import dataclasses

import pytest
from nbformat.v4 import new_notebook

from safehaven.grading.examiner import reference
from safehaven.grading.examiner.notebook import Folders, NotebookRun, Terms
from safehaven.grading.sandbox import Limits, Sandbox
from tests.grading.examined import learn, locked_cell, run, student_cell, test_cell

STACK = """
class Stack:
    def __init__(self): self.items = []
    def push(self, x): self.items.append(x)
    def pop(self): return self.items.pop()
"""
NO_STACK = "class Stack:\n    def push(self, x): pass\n    def pop(self): return None\n"
CLASS_TEST = (
    "s = Stack()\ns.push(3)\nassert s.pop() == 3\n### BEGIN HIDDEN TESTS\ns.push(4)\n"
    "assert s.items == [4]\n### END HIDDEN TESTS"
)


@pytest.fixture(scope="module")
def box():
    with Sandbox() as started:
        yield started


def test_a_class_is_tested_apart_where_the_instructors_answers_are_known(box) -> None:
    tests = [test_cell(CLASS_TEST, name="c"), test_cell("assert 1 == 1", name="other")]
    learned = learn(box, student_cell(STACK), *tests)
    assert learned["c"].way == "apart" and learned["c"].objects == ("items", "pop", "push")
    for known, kinds in ((None, ["fallback"]), (learned, [])):
        ran = run(box, student_cell(STACK), *tests, known=known)
        assert ran.points == [1, 1] and ran.kinds == kinds, ran.said()
        ran = run(box, student_cell(NO_STACK), *tests, known=known)
        assert ran.points == [0, 1] and ran.kinds == kinds, ran.said()
        assert [cell.execution_count for cell in ran.nb.cells] == [1, 2, 3]


@pytest.mark.parametrize(
    "hook",
    [
        "get_ipython().input_transformers_cleanup.append(lambda l: ['pass\\n'])",
        "import ast\nclass Skip(ast.NodeTransformer):\n"
        "    def visit_Assert(self, n): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Skip())",
        "get_ipython().showtraceback = lambda *a, **k: None",
        "import builtins\nbuiltins.AssertionError = type('Q', (Exception,), {})",
        "k = get_ipython().kernel\nsend = k.session.send\n"
        "def quiet(stream, kind, *a, **w):\n"
        "    if kind != 'error': return send(stream, kind, *a, **w)\n"
        "k.session.send = quiet",
    ],
    ids=["transformer", "ast", "traceback", "builtins", "session"],
)
def test_a_kernel_that_was_tampered_with_gets_nothing(box, hook) -> None:
    ran = run(box, student_cell(NO_STACK), student_cell(hook), test_cell(CLASS_TEST))
    assert ran.points == [0], ran.said()
    assert "tampering" in ran.kinds
    assert "BEGIN HIDDEN" not in ran.said()


def test_a_student_cannot_move_a_test_that_can_be_examined(box) -> None:
    test = test_cell(
        "assert answer == 42\n### BEGIN HIDDEN TESTS\nassert answer > 41\n### END HIDDEN TESTS"
    )
    known = learn(box, student_cell("answer = 42"), test)
    assert known["test"].way == "apart" and known["test"].students == {"answer"}
    cheat = "class All:\n    def __eq__(self, o): return True\n    __gt__ = __eq__\nanswer = All()"
    ran = run(box, student_cell(cheat), test, known=known)
    assert ran.points == [0] and ran.kinds == []
    assert ran.said().startswith(
        "The test cannot take this value. answer is an object of the class All"
    )


def test_what_the_instructors_answers_show(box, tmp_path) -> None:
    cells = [
        locked_cell(
            "import numpy as np\ndef close(a, b):\n    return abs(a - b) < tolerance\n"
            "tolerance = 0.1"
        ),
        student_cell(
            "import statistics\nfrom math import isclose\ndef mean(x):\n"
            "    return statistics.mean(x)\ndef max(x):\n"
            "    return x[0]"
        ),
        test_cell(
            "assert close(mean([1, 2]), 1.5)\nassert np.isclose(statistics.mean([1]), 1)\n"
            "assert isclose(mean([2]), 2)",
            name="a",
        ),
        test_cell("assert max([1, 2]) == 1 and len([1]) == 1", name="b"),
        test_cell("import inspect\nassert 'return' in inspect.getsource(mean)", name="c"),
        test_cell("get_ipython().run_cell('z = 1')\nassert z == 1", name="d"),
        test_cell("%time mean([1])\nassert mean([2]) == 2", name="e"),
        test_cell("assert mean([1]) == 2", name="never"),
        test_cell("scale = 3\nassert scaled(2) == 6", name="f"),
        student_cell("def close(a, b):\n    return True"),
    ]
    cells.insert(2, student_cell("def scaled(x):\n    return x * scale"))
    known = learn(box, *cells)
    ways = {name: seen.way for name, seen in known.items()}
    assert ways == {
        **dict.fromkeys(("a", "b"), "apart"),
        **dict.fromkeys(("c", "d", "f"), "together"),
        "never": "either",
    }
    assert known["a"].students == {"mean"}
    assert known["a"].imports == {
        "np": "import numpy as np",
        "statistics": "import statistics",
        "isclose": "from math import isclose",
    }
    assert known["b"].students == {"max"}
    kept = tmp_path / "kept.json"
    assert reference.once(kept, lambda: (known, False)) == known
    assert kept.read_text() == ""
    assert reference.once(kept, lambda: (known, True)) == known
    assert reference.once(kept, lambda: ({}, True)) == known

    ran = run(box, *cells, known=known)
    assert ran.points == [1, 1, 1, 1, 1, 0, 1], [ran.said(i) for i in range(7)]
    assert set(ran.kinds) == {"fallback"} and ran.kinds.count("fallback") == 4

    cells[1] = student_cell(
        "def mean(x):\n    return 9\nclass statistics:\n    mean = lambda x: 1\n"
        "def max(x): return 1"
    )
    cells.insert(
        2,
        student_cell(
            "close = lambda a, b: True\ndef len(x): return 5\nnp = None\n"
            "isclose = close\ntolerance = 99"
        ),
    )
    ran = run(box, *cells, known=known)
    assert ran.points[:2] == [0, 1], [ran.said(i) for i in range(2)]


def test_partial_credit_beside_the_code(box) -> None:
    for value, points, kind in [
        ("1.5", 1.5, None),
        ("7", 2, "clipped"),
        ("-1", 0, "no-points"),
        ("'all'", 0, "no-points"),
        ("float('nan')", 0, "no-points"),
        ("[1]", 2, None),
        ("None", 2, None),
        ("float('inf')", 2, "clipped"),
    ]:
        ran = run(
            box,
            student_cell(f"class Own: value = {value}"),
            test_cell("import sys\nprint('warned', file=sys.stderr)\nOwn.value", points=2),
        )
        assert ran.points == [points], (value, ran.said())
        assert ran.kinds == ["fallback", *([kind] if kind else [])]


def test_a_value_without_text_does_not_lose_the_submission(box) -> None:
    silent = (
        "class Own:\n    def _repr_mimebundle_(self, **k): return {'text/html': 'x'}\no = Own()"
    )
    ran = run(box, student_cell(silent), test_cell("o"))
    assert ran.points == [1]


def test_what_the_instructors_answers_had_no_time_for_is_not_kept(box, tmp_path) -> None:
    cells = [
        student_cell("import time\ndef slow(x):\n    time.sleep(x)\n    return x"),
        test_cell("assert slow(0.1) == 0.1", name="quick"),
        test_cell("assert slow(9) == 9", name="slow"),
        test_cell("assert slow(0) == 0", name="after"),
    ]
    nb = new_notebook(cells=cells)
    terms = Terms(9, 1, 1_000_000, "skip-execution", lambda cell: cell.source)
    ran = NotebookRun(nb, box, Folders(tmp_path, tmp_path), terms)
    assert set(ran.learn()) == {"quick"} and not ran.has_seen_all


def test_the_instructors_notebook_has_limits_of_its_own() -> None:
    narrow = dataclasses.replace(Limits(), cell_seconds=2, notebook_seconds=5, disk_bytes=9999)
    own = reference.limits_of(narrow)
    assert (own.cell_seconds, own.notebook_seconds, own.disk_bytes) == (60, 300, 9999)
