"""Objects of a student's classes are asked from afar, and never believed about plain values."""

import pytest

from safehaven.grading.inside.codec import Decoder, Unreadable
from safehaven.grading.inside.proxies import Asked
from safehaven.grading.inside.remote import Peer
from safehaven.grading.sandbox import Sandbox
from tests.grading.examined import learn, run, student_cell, test_cell

ANSWER = """\
import dataclasses, enum, collections
class Square:
    '''A square.'''
    sides = 4
    def __init__(self, side=1, *, name="x"):
        self.side = side; self.name = name
    def area(self): return self.side ** 2
    @property
    def half(self): return self.side / 2
    @classmethod
    def unit(cls): return cls(1)
    @staticmethod
    def helper(x): return x + 1
    def __eq__(self, o): return isinstance(o, Square) and o.side == self.side
    def __hash__(self): return hash(self.side)
    def __lt__(self, o): return self.side < o.side
    def __add__(self, o): return Square(self.side + o.side)
    def __mul__(self, k): return Square(self.side * k)
    __rmul__ = __mul__
    def __repr__(self): return f"Square({self.side})"
    def __len__(self): return self.side
    def __iter__(self): return iter(range(self.side))
    def __contains__(self, x): return x == self.side
    def __getitem__(self, i): return [10, 20, 30][i]
    def __bool__(self): return self.side > 0
    def __call__(self, x): return x * self.side
class Big(Square):
    pass
@dataclasses.dataclass
class P:
    x: int
    y: int = 2
Q = collections.namedtuple("Q", "a b")
class Color(enum.Enum):
    RED = 1
    BLUE = 2
class Stack(list):
    def push(self, x): self.append(x)
    def peek(self): return self[-1]
class Empty(Exception):
    def __init__(self, msg, code=3):
        super().__init__(msg); self.code = code
def fail(): raise Empty("none", 7)
class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
class Ctx:
    def __enter__(self): self.open = True; return self
    def __exit__(self, *e): self.open = False; return e[0] is ValueError
import contextlib
@contextlib.contextmanager
def tmp():
    yield 5
def make(n): return [Square(i) for i in range(n)]
class Money(float):
    def cents(self): return int(self * 100)
"""

#: What a test may do with objects, where the instructor's answers do it.
TESTS = {
    "attributes and methods": """\
s = Square(3)
assert isinstance(s, Square) and s.area() == 9 and s.side == 3 and s.half == 1.5
assert abs(s.area() - 9) < 1e-9
s.side = 4
assert s.area() == 16
assert Square.unit().side == 1 and Square.helper(2) == 3 and Square.sides == 4
assert Square(2, name='k').name == 'k'
""",
    "equality and order": """\
assert Square(2) == Square(2)
assert Square(2) != Square(3)
assert hash(Square(2)) == hash(Square(2))
assert len({Square(1), Square(1), Square(2)}) == 2
assert Square(1) < Square(2)
assert sorted([Square(3), Square(1)])[0].side == 1
assert Square(2) > Square(1)
assert max(make(4)).side == 3
""",
    "arithmetic": """\
assert (Square(1) + Square(2)).side == 3
assert (Square(2) * 3).side == 6
assert (3 * Square(2)).area() == 36
""",
    "text": """\
assert repr(Square(2)) == 'Square(2)'
assert str(Square(2)) == 'Square(2)'
assert f'{Square(1)}' == 'Square(1)'
assert Square.__name__ == 'Square'
assert Square.__doc__ == 'A square.'
assert type(Square(1)).__name__ == 'Square'
""",
    "protocols": """\
s = Square(2)
assert len(s) == 2
assert list(s) == [0, 1]
assert 2 in s
assert 3 not in s
assert s[1] == 20
assert bool(s)
assert not Square(0)
assert s(4) == 8
assert callable(s)
""",
    "subclass": """\
assert isinstance(Big(1), Square)
assert issubclass(Big, Square)
assert Big(2).area() == 4
assert type(Big(1)) is Big
assert not isinstance(Square(1), Big)
""",
    "asking for attributes": """\
s = Square(2)
assert hasattr(s, 'area')
assert not hasattr(s, 'volume')
assert getattr(s, 'volume', 5) == 5
assert vars(s) == {'side': 2, 'name': 'x'}
assert s.__dict__['side'] == 2
try:
    s.volume
    assert False
except AttributeError:
    pass
assert 'area' in dir(s)
import inspect
assert list(inspect.signature(Square).parameters) == ['side', 'name']
assert list(inspect.signature(Square.area).parameters) == ['self']
""",
    "dataclass": """\
import dataclasses
p = P(1)
assert p == P(1, 2)
assert p != P(2, 2)
assert p.y == 2
assert dataclasses.asdict(p) == {'x': 1, 'y': 2}
assert dataclasses.is_dataclass(P)
assert [f.name for f in dataclasses.fields(P)] == ['x', 'y']
assert repr(p) == 'P(x=1, y=2)'
assert dataclasses.replace(p, x=5).x == 5
""",
    "namedtuple": """\
q = Q(1, 2)
assert q.a == 1
assert q == (1, 2)
assert isinstance(q, Q)
assert q._fields == ('a', 'b')
assert isinstance(q, tuple)
""",
    "enumeration": """\
assert Color.RED.value == 1
assert Color['RED'] is Color.RED
assert Color(2) is Color.BLUE
assert len(Color) == 2
assert [c.name for c in Color] == ['RED', 'BLUE']
assert Color.RED != Color.BLUE
assert isinstance(Color.RED, Color)
assert Color.RED in Color
assert {Color.RED: 1}[Color.RED] == 1
assert Color.RED == Color.RED
""",
    "list subclass": """\
s = Stack()
s.push(3); s.push(4); s.append(5)
assert s == [3, 4, 5]
assert s.peek() == 5
assert len(s) == 3
assert isinstance(s, list)
assert s[0] == 3
assert list(s) == [3, 4, 5]
assert [3, 4, 5] == s
assert sum(s) == 12
assert sorted(s) == [3, 4, 5]
assert s[1:] == [4, 5]
assert s != [3]
""",
    "errors": """\
try:
    fail()
except Empty as e:
    assert str(e) == 'none' or e.code == 7
else:
    assert False
assert issubclass(Empty, Exception)
import unittest
t = unittest.TestCase()
with t.assertRaises(Empty) as c:
    fail()
assert c.exception.code == 7
""",
    "iterator": """\
assert list(Count(3)) == [2, 1, 0]
c = Count(2)
assert next(c) == 1 and iter(c) is c and c.n == 1
assert [x for x in Count(2)] == [1, 0]
assert sum(Count(4)) == 6
""",
    "context managers": """\
with Ctx() as c:
    assert c.open
    raise ValueError('x')
assert not c.open
with tmp() as t:
    assert t == 5
try:
    with Ctx():
        raise KeyError('x')
except KeyError:
    pass
else:
    assert False
""",
    "objects in containers": """\
assert [s.area() for s in make(4)] == [0, 1, 4, 9]
assert make(3)[2].side == 2
assert all(isinstance(s, Square) for s in make(2))
d = {s.side: s for s in make(3)}
assert d[2].area() == 4
""",
    "float subclass": """\
m = Money(2.5)
assert m.cents() == 250
assert m == 2.5
assert m + 1 == 3.5
assert m < 3
assert isinstance(m, float)
assert abs(m - 2.5) < 1e-9
assert round(m) == 2
assert float(m) == 2.5
""",
    "copies": """\
import copy
s = Square(3)
t = copy.copy(s)
t.side = 9
assert s.side == 3 and t.side == 9
a, b = Square(1), Square(2)
assert [a, b].index(b) == 1 and b in [a, b] and [Square(1)] == [Square(1)]
""",
}


@pytest.fixture(scope="module")
def box():
    with Sandbox() as started:
        yield started


@pytest.fixture(scope="module")
def known(box):
    return learn(box, *_cells(ANSWER))


def _cells(answer):
    return [student_cell(answer), *(test_cell(source, name=n) for n, source in TESTS.items())]


@pytest.mark.parametrize("name", TESTS)
def test_it_is_examined_apart(known, name) -> None:
    assert known[name].way == "apart"
    assert (known[name].objects is None) is (name == "namedtuple")


def test_the_answers_pass_as_they_are(box, known) -> None:
    ran = run(box, *_cells(ANSWER), known=known)
    assert dict(zip(TESTS, ran.points, strict=True)) == dict.fromkeys(TESTS, 1)
    assert ran.kinds == []


NUMBER = """\
class Number:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == getattr(o, "n", o)
    def __lt__(self, o): return self.n < getattr(o, "n", o)
    def __sub__(self, o): return self.n - o
    def __contains__(self, o): return o == self.n
"""
ALL = """\
class Number:
    def __init__(self, n): pass
    def __eq__(self, o): return True
    def __lt__(self, o): return True
    def __sub__(self, o): return 0
    def __contains__(self, o): return True
"""


@pytest.mark.parametrize(
    "source",
    [
        "assert Number(5) == 5",
        "assert 'ab' == Number('ab')",
        "assert Number([1, 2]) == [1, 2]",
        "assert Number(2.5) == 2.5 and Number(True) == True",
    ],
)
def test_an_object_that_is_to_equal_a_value_must_know_it(box, source) -> None:
    test = test_cell(source)
    known = learn(box, student_cell(NUMBER), test)
    assert known["test"].way == "apart" and "equals data" in known["test"].objects
    assert run(box, student_cell(NUMBER), test, known=known).points == [1]
    assert run(box, student_cell(ALL), test, known=known).points == [0]


def test_only_what_the_instructors_answers_are_asked_is_asked(box) -> None:
    answer = (
        "class Number:\n    def __init__(self, n): self.n = n\n    def value(self): return self.n\n"
    )
    test = test_cell(
        "import math\nn = Number(5).value()\nassert n - 5 < 1e-9 or 5 in [n] or n.equals(5)"
    )
    known = learn(box, student_cell(answer), test)
    assert known["test"].objects == ("value",)
    cheat = ALL + "    def value(self): return self\n    def equals(self, o): return True\n"
    assert run(box, student_cell(answer), test, known=known).points == [1]
    assert run(box, student_cell(cheat), test, known=known).points == [0]


def test_an_object_at_the_end_is_no_points(box) -> None:
    answer = "class Number:\n    def __init__(self, n): self.n = n\n"
    test = test_cell("n = Number(4)\nassert isinstance(n, Number)\nn.n", points=4)
    known = learn(box, student_cell(answer), test)
    cheat = (
        "class Four:\n    def __repr__(self): return '4'\n"
        "class Number:\n    def __init__(self, n): self.n = Four()\n"
    )
    assert run(box, student_cell(answer), test, known=known).points == [4]
    ran = run(box, student_cell(cheat), test, known=known)
    assert ran.points == [0] and "ended in an object" in ran.said()
    shown = test_cell("Number(4)", points=4)
    known = learn(box, student_cell(answer), shown)
    assert known["test"].objects == ("shown at the end",)
    assert run(box, student_cell(answer), shown, known=known).points == [4]


def test_an_assertion_within_a_context_is_not_swallowed(box) -> None:
    answer = (
        "class C:\n    def __enter__(self): return 3\n    def __exit__(self, *e): return True\n"
    )
    test = test_cell("with C() as c:\n    assert c == 3\n    raise KeyError(c)")
    known = learn(box, student_cell(answer), test)
    assert known["test"].objects == ("swallows KeyError",)
    assert run(box, student_cell(answer), test, known=known).points == [1]
    wrong = student_cell(answer.replace("return 3", "return 4"))
    assert run(box, wrong, test, known=known).points == [0]


# --- beside the student's code ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cheat", "points"),
    [
        ("def f(x):\n    return x + 1", 1),
        ("class F(int):\n    def __add__(self, o): return F(int(self) + o)\n"
         "def f(x):\n    return F(x + 1)", 1),
        ("class A:\n    def __eq__(self, o): return True\ndef f(x):\n    return A()", 0),
        ("from unittest.mock import ANY\ndef f(x):\n    return ANY", 0),
        ("import os\nos.register_at_fork(after_in_child=lambda: os._exit(0))\n"
         "class A:\n    def __eq__(self, o): return True\ndef f(x):\n    return A()", 0),
    ],
    ids=["right", "right-subclass", "equal-to-all", "any", "leaves-the-copy"],
)  # fmt: skip
def test_what_passes_beside_the_code_by_its_own_word_gains_nothing(box, cheat, points) -> None:
    test = test_cell(
        "import inspect, pathlib\nassert 'def f' in inspect.getsource(f)\nassert f(1) == 2\n"
        "assert not pathlib.Path('made').exists()\npathlib.Path('made').touch()"
    )
    known = learn(box, student_cell("def f(x):\n    return x + 1"), test)
    assert known["test"].way == "together" and known["test"].objects == ()
    ran = run(box, student_cell(cheat), test, known=known)
    assert ran.points == [points]
    assert ("no-points" in ran.kinds) is (points == 0)


def test_points_at_the_end_beside_the_code_are_those_of_plain_values(box) -> None:
    test = test_cell(
        "import inspect\ninspect.getsource(f)\nsum(f(n) == n + 1 for n in range(4))", points=4
    )
    known = learn(box, student_cell("def f(x):\n    return x + 1"), test)
    half = "class A:\n    def __eq__(self, o): return True\ndef f(x):\n    return A() if x else 1"
    assert run(box, student_cell("def f(x):\n    return 1"), test, known=known).points == [1]
    ran = run(box, student_cell(half), test, known=known)
    assert ran.points == [0] and "no-points" in ran.kinds


# --- what arrives may be anything -------------------------------------------------------------

ABOUT = {
    **{"name": "A", "qualname": "A", "module": "__main__", "doc": None, "bases": []},
    **{"special": [], "hashes": True, "fields": None, "data": False},
}


class _NoLine:
    def send(self, data) -> None:
        raise AssertionError(f"nothing is to be sent: {data}")

    receive = send


@pytest.mark.parametrize(
    "tree",
    [
        ["ob", 1, 5],
        ["ob", 1, ["fn", 2, {"name": "f"}]],
        ["ob", 1, ["type", "builtins.int"]],
        ["cls", 1, None],
        ["cls", 1, {}],
        ["cls", "x", ABOUT],
        ["cls", 1, ABOUT | {"name": 5}],
        ["cls", 1, ABOUT | {"bases": [["type", "os.system"]]}],
        ["cls", 1, ABOUT | {"bases": [5]}],
        ["cls", 1, ABOUT | {"bases": [["l", []]]}],
        ["cls", 1, ABOUT | {"special": [["x"]]}],
        ["cls", 1, ABOUT | {"fields": ["x: __import__('os')"]}],
        ["cls", 1, ABOUT | {"fields": ["class"]}],
        ["cls", 1, ABOUT | {"parameters": [["1", "ODD", []]]}],
        ["error", "E", [], None, "", 5],
        ["error", "E", [], None, "", ["fn", 1, {"name": "f"}], 5],
        ["ntc", "A", ["class"], None],
        ["ntc", "A", ["a"], 5],
    ],
    ids=str,
)
def test_a_forged_class_is_not_read(tree) -> None:
    peer = Peer(_NoLine())
    peer.proxies.asked = Asked(())
    with pytest.raises(Unreadable):
        Decoder(peer).decode(tree)


def test_no_object_is_taken_where_none_is_asked_for() -> None:
    with pytest.raises(Unreadable):
        Decoder(Peer(_NoLine())).decode(["ob", 1, ["cls", 2, ABOUT]])
