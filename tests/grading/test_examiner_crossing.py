"""Tests see the student's values and functions as if they stood beside them."""

import nbformat
import pytest

from safehaven.grading.sandbox import Sandbox
from tests.grading.examined import locked_cell, run, run_notebook, student_cell, test_cell


@pytest.fixture(scope="module")
def box():
    with Sandbox() as started:
        yield started


def passes(box, student, *tests, points=None):
    ran = run(
        box, student_cell(student), *(test_cell(t, name=f"t{i}") for i, t in enumerate(tests))
    )
    said = [ran.said(i) for i in range(len(tests))]
    assert ran.points == (points or [1] * len(tests)), said
    assert ran.notes == []
    return ran


def test_values_and_functions_cross(box) -> None:
    passes(
        box,
        """
import numpy as np, pandas as pd, networkx as nx, functools, datetime
from collections import namedtuple
counts = {"a": 1}
table = pd.DataFrame({"x": [1, 2]})
def mean(values, start=0, *more, scale=1, **named):
    '''Return the mean.'''
    return scale * (sum(values) + start) / len(values)
double = lambda x: 2 * x
twice = functools.partial(mean, scale=2)
tools = {"double": double, "all": [double, mean]}
def numbers():
    for i in range(5):
        yield i * i
squares = (i * i for i in range(4))
def endless():
    i = 0
    while True:
        yield i
        i += 1
upper = "ab".upper
Pair = namedtuple("Pair", "x y")
pair = Pair(1, 2)
root = np.sqrt
shadow = "mine"
""",
        """
import inspect
assert counts == {"a": 1} and type(counts) is dict
assert mean([1, 2]) == 1.5 and mean(values=[1, 2], scale=2) == 3 and twice([1, 2]) == 3
assert mean.__name__ == "mean" and mean.__doc__ == "Return the mean." and callable(mean)
assert str(inspect.signature(mean)) == "(values, start=0, *more, scale=1, **named)"
assert inspect.isfunction(mean) and list(inspect.signature(double).parameters) == ["x"]
assert double(4) == 8 and tools["double"](4) == 8 and tools["all"][1]([4]) == 4
assert upper() == "AB" and pair.x == 1 and pair == (1, 2) and type(pair).__name__ == "Pair"
assert root(4.0) == 2 and double is tools["double"]
""",
        """
import itertools, inspect
assert list(numbers()) == [0, 1, 4, 9, 16] and inspect.isgenerator(numbers())
assert next(squares) == 0 and list(squares) == [1, 4, 9]
assert list(itertools.islice(endless(), 3)) == [0, 1, 2]
assert list(map(double, [1, 2])) == [2, 4] and sorted([3, 1], key=lambda x: -double(x)) == [3, 1]
import pandas as pd
assert table.x.map(double).tolist() == [2, 4] and pd.Series([1.0]).apply(double)[0] == 2
""",
    )


def test_errors_of_the_student_are_errors_in_the_test(box) -> None:
    ran = passes(
        box,
        """
class TooFew(ValueError):
    pass
def strict(n):
    if n < 0: raise ValueError("negative")
    if n == 0: raise TooFew("none at all")
    return {}[n]
def div(x):
    return 1 / x
""",
        """
raised = [(-1, ValueError, "negative"), (0, ValueError, "none at all"), (5, KeyError, "5")]
for n, kind, text in raised:
    try:
        strict(n)
    except kind as error:
        assert str(error) == text
    else:
        raise AssertionError("no error")
try:
    strict(0)
except Exception as error:
    assert type(error).__name__ == "TooFew"
try:
    strict()
except TypeError as error:
    assert "missing 1 required positional argument" in str(error)
""",
        "div(0)",
        "assert missing_name == 1",
        "assert 1 == 2, 'The mean is wrong. See Task 1.'",
        "def check(x):\n    assert x == 3\ncheck(div(1))",
        points=[1, 0, 0, 0, 0],
    )
    assert ran.tests[1].outputs[0].evalue == (
        "Your function div stopped with ZeroDivisionError: division by zero"
    )
    assert ran.tests[1].outputs[0].ename == "ZeroDivisionError"
    assert ran.tests[2].outputs[0].evalue == "name 'missing_name' is not defined"
    assert ran.tests[3].outputs[0].evalue == "The mean is wrong. See Task 1."
    assert ran.tests[4].outputs[0].traceback[0] == "----> 2 "
    for cell in ran.tests:
        assert "safehaven" not in str(cell.outputs) and "inside" not in str(cell.outputs)
        assert "assert" not in str(cell.outputs)


def test_arguments_change_in_place(box) -> None:
    passes(
        box,
        """
import random
def sort_in_place(values):
    values.sort()
def add(record, key, inner):
    record[key] = inner
    inner.append(key)
    return record
def fill(table, array, seen):
    table["y"] = table["x"] * 2
    array[0] = 9
    seen.add("new")
def link(graph):
    graph.add_edge("a", "b", weight=3)
    return graph
def same(values):
    return values
def copied(values):
    return list(values)
def fails_after(values):
    values.append(1)
    raise RuntimeError("late")
""",
        """
values = [3, 1, 2]
assert sort_in_place(values) is None and values == [1, 2, 3]
record, inner = {"old": 1}, []
assert add(record, "k", inner) is record
assert record == {"old": 1, "k": ["k"]} and record["k"] is inner and inner == ["k"]
assert same(values) is values and copied(values) is not values and copied(values) == values
try:
    fails_after(values)
except RuntimeError:
    assert values == [1, 2, 3, 1]
""",
        """
import pandas as pd, numpy as np, networkx as nx
table, array, seen, graph = pd.DataFrame({"x": [1]}), np.zeros(2), set(), nx.DiGraph()
fill(table, array, seen)
assert table.y.tolist() == [2] and array.tolist() == [9, 0] and seen == {"new"}
assert link(graph) is graph and graph.edges["a", "b"]["weight"] == 3
""",
    )


def test_a_test_may_hand_over_its_own_functions(box) -> None:
    passes(
        box,
        """
def apply(function, values):
    return [function(v) for v in values]
def compose(f, g):
    return lambda x: f(g(x))
def careful(function):
    try:
        return function()
    except KeyError as error:
        return f"no {error.args[0]}"
def take(iterator):
    return next(iterator)
def memo(function):
    kept = {}
    def wrapper(n):
        if n not in kept:
            kept[n] = function(n)
        return kept[n]
    return wrapper
""",
        """
calls = []
def note(x):
    calls.append(x)
    return x + 1
assert apply(note, [1, 2]) == [2, 3] and calls == [1, 2]
assert compose(note, abs)(-3) == 4
assert careful(lambda: {}["x"]) == "no x" and apply(str.upper, ["a"]) == ["A"]
import itertools
assert take(itertools.count(5)) == 5
slow = memo(note)
assert [slow(1), slow(1)] == [2, 2] and calls == [1, 2, 3, 1]
""",
    )


def test_what_a_function_prints_can_be_tested_and_is_not_shown(box) -> None:
    ran = passes(
        box,
        """
import sys, warnings
def greet(name):
    print("Hello", name)
    warnings.warn("careful")
    print("secret words", file=sys.stderr)
    return 1
""",
        """
import io, contextlib
heard = io.StringIO()
with contextlib.redirect_stdout(heard):
    greet("Ada")
assert heard.getvalue() == "Hello Ada\\n"
print("The test says this.")
greet("Bo")
""",
        "import sys, warnings\nprint('to stderr', file=sys.stderr)\n"
        "warnings.warn('hidden line')\ngreet('x')",
    )
    assert ran.tests[0].outputs[0].text == "The test says this.\n"
    shown = str([cell.outputs for cell in ran.nb.cells])
    assert "Hello Bo" not in shown and "secret words" not in shown
    assert [o.output_type for o in ran.tests[1].outputs] == ["stream", "execute_result"]
    assert "hidden line" not in str(ran.tests[1].outputs)


def test_names_belong_to_who_bound_them_last(box) -> None:
    ran = run(
        box,
        locked_cell("import numpy as np\nfrom math import sqrt\ndef helper(x):\n    return x + 1"),
        student_cell("x = 1\ndef f():\n    return x\nclass np: pass\nsqrt = len"),
        test_cell(
            "expected = 1\ndef check(v, w):\n    assert v == w\ncheck(x, expected)", name="a"
        ),
        student_cell("x = 2\nnp.pi = 4"),
        test_cell(
            "check(x, expected + 1)\ncheck(f(), 2)\nassert np.pi < 4 and sqrt(9) == 3", name="b"
        ),
        test_cell("assert helper(1) == 2\nx = 7\nassert x == 7", name="c"),
        test_cell("assert x == 7", name="d"),
        student_cell("x = 3"),
        test_cell("assert x == 3 and 'x' in globals() and 'y' not in globals()", name="e"),
        test_cell(
            "assert globals()['x'] == 3 and eval('x + 1') == 4 and locals().get('x') == 3", name="f"
        ),
        test_cell("class Case:\n    value = x\nassert Case.value == 3 and len([1]) == 1", name="g"),
    )
    assert ran.points == [1] * 7, [ran.said(i) for i in range(7)]


def test_what_tests_import_and_show_is_there_for_later_cells(box) -> None:
    ran = run(
        box,
        student_cell("def f(n):\n    return n"),
        test_cell(
            "import statistics as st\ncases = [1, 2]\ndef tool(x):\n    return f(x) * 10\n"
            "### BEGIN HIDDEN TESTS\nsecret = 42\nimport fractions\n### END HIDDEN TESTS\n"
            "assert f(1) == 1",
            name="a",
        ),
        student_cell(
            "found = [st.mean(cases), tool(2), 'secret' in globals(), 'fractions' in globals()]"
        ),
        test_cell("assert found == [1.5, 20, False, False]", name="b"),
    )
    assert ran.points == [1, 1], ran.said(1)
    assert [cell.execution_count for cell in ran.nb.cells] == [1, 2, 3, 4]


def test_cells_are_numbered_and_shown_as_in_one_kernel(box) -> None:
    ran = run(
        box,
        "1 + 1",
        test_cell("assert True", name="a"),
        "",
        "print('out')\nimport sys\nprint('err', file=sys.stderr)\n'value'",
        test_cell("2.5", name="b", points=3),
        "1 / 0",
    )
    assert [cell.execution_count for cell in ran.nb.cells] == [1, 2, None, 3, 4, 5]
    assert ran.nb.cells[0].outputs[0].data["text/plain"] == "2"
    kinds = [o.output_type for o in ran.nb.cells[3].outputs]
    assert kinds == ["stream", "stream", "execute_result"]
    assert ran.nb.cells[4].outputs[0].execution_count == 4 and ran.points == [1, 2.5]
    assert "In[5]" in str(ran.nb.cells[5].outputs[0].traceback)
    assert ran.nb.metadata.language_info.name == "python"


@pytest.mark.parametrize(
    ("student", "test", "points", "kind"),
    [
        ("share = 0.5", "2 * share", 1.0, None),
        ("share = 5", "share", 2, "clipped"),
        ("share = float('inf')", "share", 2, "clipped"),
        ("share = -1", "share", 0, "no-points"),
        ("share = float('nan')", "share", 0, "no-points"),
        ("share = 'full marks'", "share", 0, "no-points"),
        ("share = 'full'", "total = share + '!'\ntotal", 0, "no-points"),
        ("share = 1j", "share", 0, "no-points"),
        ("import numpy as np\nshare = np.float64(1.5)", "share", 1.5, None),
        ("from fractions import Fraction\nshare = Fraction(1, 2)", "share", 0.5, None),
        ("import numpy as np\nshare = np.array(0.5)", "share", 0.5, None),
        ("share = None", "share", 2, None),
        ("share = True", "share", 2, None),
        ("share = [1]", "share", 2, None),
        ("share = 0.5", "2 * share;", 2, None),
        ("share = 1", "'All passed.'", 2, None),
        ("share = 1", "right = 0\nfor x in [1, 2]:\n    right += x == share\nright", 1, None),
    ],
)
def test_partial_credit(box, student, test, points, kind) -> None:
    ran = run(box, student_cell(student), test_cell(test, points=2))
    assert ran.points == [points], ran.said()
    assert ran.kinds == ([kind] if kind else [])


def test_random_numbers_start_as_the_test_says(box) -> None:
    passes(
        box,
        "import random, numpy as np\ndef draw():\n    return random.random(), np.random.rand()",
        """
import random, numpy as np
random.seed(4); np.random.seed(seed=5)
first = draw()
random.seed(4); np.random.seed(5)
assert first == draw() == (random.random(), np.random.rand())
""",
    )


def test_files_of_the_instructor_are_read_in_the_test(box, tmp_path) -> None:
    own, students = tmp_path / "own", tmp_path / "students"
    for folder, text in ((own, "right"), (students, "mine")):
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "x.txt").write_text(text)
    (students / "helper.py").write_text("ANSWER = 'cheat'")
    (students / "numbers.py").write_text("raise SystemExit")
    nb = nbformat.v4.new_notebook(
        cells=[
            student_cell("import helper\nread = open('data/x.txt').read()\nanswer = helper.ANSWER"),
            test_cell(
                "import numbers\nassert read == 'mine' and answer == 'cheat'\n"
                "assert open('data/x.txt').read() == 'right'",
                name="a",
            ),
            test_cell("import helper", name="b"),
            test_cell("helper.ANSWER", name="c"),
        ]
    )
    ran = run_notebook(box, nb, students, own=own)
    assert ran.points[:2] == [1, 0], ran.said(0)
    assert "No module named 'helper'" in ran.said(1)


def test_values_of_the_student_are_live(box) -> None:
    ran = run(
        box,
        student_cell("""
stock, history, count, names, groups = {"apples": 3}, [], 0, ["b"], {}
import pandas as pd
table = pd.DataFrame({"x": [1]})
def sell(what, n):
    global count
    count += 1
    stock[what] -= n
    history.append([what, n])
    groups.setdefault(what, []).append(n)
def keep(value):
    groups["kept"] = value
def add():
    groups["kept"].append(9)
def total():
    return sum(stock.values())
def is_table(x):
    return x is table
def grow():
    table.loc[len(table)] = 5
    return table
def numbers():
    for i in range(3):
        history.append(i)
        yield i
"""),
        test_cell(
            """
bag = stock
sell("apples", 2)
assert stock["apples"] == 1 and bag is stock and history == [["apples", 2]] and count == 1
first = history[0]
sell("apples", 1)
assert count == 2 and history[0] is first and len(history) == 2
assert groups == {"apples": [2, 1]}
given = [1]
keep(given)
add()
assert groups["kept"] == [1, 9] == given and groups["kept"] is given
stock["pears"] = 5
sell("pears", 1)
assert stock == {"apples": 0, "pears": 4} and total() == 4
assert is_table(table) and grow() is table and len(table) == 2
assert list(numbers()) == [0, 1, 2] and history[-1] == 2
names.append("a")
""",
            name="a",
        ),
        student_cell("names.sort()\nstock['plums'] = 1"),
        test_cell("assert names == ['a', 'b'] and total() == 5 and count == 3", name="b"),
    )
    assert ran.points == [1, 1], [ran.said(i) for i in range(2)]
