"""Code that ends its kernel, or does not end at all, costs its own tests and nothing else."""

import time

import pytest

from safehaven.grading.sandbox import Sandbox
from tests.grading.examined import run, student_cell, test_cell


@pytest.fixture(scope="module")
def box():
    with Sandbox() as started:
        yield started


def test_a_kernel_that_ends_is_started_again(box) -> None:
    ran = run(
        box,
        student_cell("import os, statistics\nfirst = 1\nprint('once')"),
        test_cell("assert first == 1", name="a"),
        student_cell("half = 2\nos._exit(0)"),
        test_cell("assert half == 2", name="b"),
        student_cell("def bad():\n    os._exit(3)\ngood = statistics.mean([1, 3])"),
        test_cell("bad()", name="c"),
        test_cell("assert good == 2 and first == 1", name="d"),
        student_cell("later = first + good"),
        test_cell("assert later == 3", name="e"),
    )
    assert ran.points == [1, 0, 0, 1, 1], [ran.said(i) for i in range(5)]
    assert ran.kinds == ["kernel-died", "kernel-died"]
    assert ran.nb.cells[2].outputs[-1].ename == "DeadKernelError"
    assert ran.tests[2].outputs[-1].ename == "DeadKernelError"
    assert "name 'half' is not defined" in ran.said(1)
    assert [cell.execution_count for cell in ran.nb.cells] == list(range(1, 10))


def test_endless_code_is_interrupted_and_the_rest_goes_on(box) -> None:
    begun = time.monotonic()
    ran = run(
        box,
        student_cell("a = 1\nwhile True: pass"),
        student_cell("def forever(x):\n    while True: pass\nb = 2"),
        test_cell("assert a == 1", name="a"),
        test_cell("forever(1)", name="b"),
        test_cell("try:\n    forever(1)\nexcept BaseException:\n    pass\nassert True", name="c"),
        test_cell("while b: pass", name="d"),
        test_cell("assert b == 2", name="e"),
        cell_seconds=1,
    )
    assert time.monotonic() - begun < 15
    assert ran.points == [1, 0, 0, 0, 1], [ran.said(i) for i in range(5)]
    assert set(ran.kinds) == {"timeout"}
    assert ran.tests[1].outputs[-1].ename == "CellTimeoutError"
    assert ran.nb.cells[0].outputs[-1].ename == "CellTimeoutError"


def test_code_that_cannot_be_interrupted_is_ended(box) -> None:
    ran = run(
        box,
        student_cell("import signal, os\nkept = 1"),
        student_cell(
            "def stubborn():\n    while True:\n        try:\n            while True: pass\n"
            "        except BaseException: pass"
        ),
        test_cell("stubborn()", name="a"),
        test_cell("assert kept == 1", name="b"),
        student_cell(
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
        ),
        test_cell("assert kept == 1", name="c"),
        cell_seconds=1,
    )
    assert ran.points == [0, 1, 1], [ran.said(i) for i in range(3)]


def test_a_notebook_has_a_budget(box) -> None:
    begun = time.monotonic()
    ran = run(
        box,
        student_cell("ok = 1"),
        test_cell("assert ok == 1", name="first"),
        *[student_cell("import time; time.sleep(5)", name=f"s{i}") for i in range(5)],
        test_cell("assert ok == 1", name="last"),
        cell_seconds=2,
        notebook_seconds=4,
    )
    assert time.monotonic() - begun < 9
    assert ran.points == [1, 0]
    assert "timeout" in ran.kinds


def test_memory_and_output_are_bounded(box) -> None:
    ran = run(
        box,
        student_cell("for i in range(10**9): print('x' * 100)"),
        student_cell(
            "print('y' * 50_000_000)\nfrom IPython.display import HTML, display\n"
            "display(HTML('z' * 40_000_000))"
        ),
        student_cell("kept = 1"),
        student_cell("huge = [bytes(10**8) for _ in range(100)]"),
        test_cell("assert kept == 1", name="a"),
        cell_seconds=2,
        output_bytes=100_000,
    )
    assert ran.points == [1], ran.said()
    assert sum(len(str(cell.outputs)) for cell in ran.nb.cells) < 300_000
    assert {"timeout", "output-cut"} <= set(ran.kinds)


def test_exit_in_a_cell_ends_nothing(box) -> None:
    ran = run(
        box,
        student_cell("a = 1\nexit()\nb = 2"),
        student_cell("import time; time.sleep(0.3); quit()"),
        student_cell("import sys\nsys.exit(1)"),
        test_cell("import time; time.sleep(0.2)\nassert a + b == 3"),
    )
    assert ran.points == [1] and ran.notes == [], ran.said()


def test_a_test_that_was_stopped_leaves_the_kernel_ready(box) -> None:
    nested = """
def outer(f):
    try:
        return f()
    except BaseException:
        return "caught"
"""
    ran = run(
        box,
        student_cell(nested),
        test_cell("def slow():\n    while True: pass\nouter(slow)", name="a"),
        test_cell("def fine():\n    return 5\nassert outer(fine) == 5", name="b"),
        student_cell("after = outer(lambda: 7)"),
        test_cell("assert after == 7", name="c"),
        cell_seconds=1,
    )
    assert ran.points == [0, 1, 1], [ran.said(i) for i in range(3)]


def test_a_clean_start_each_time(box) -> None:
    first = run(box, student_cell("import builtins\nbuiltins.marker = 1\nimport math\nmath.pi = 3"))
    ran = run(
        box,
        student_cell("import builtins, math\nfound = hasattr(builtins, 'marker'), math.pi"),
        test_cell("assert found[0] is False and found[1] > 3.1"),
    )
    assert first.kinds == [] and ran.points == [1], ran.said()
