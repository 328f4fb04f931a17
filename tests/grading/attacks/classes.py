"""An assignment on classes, and what is handed in for it: fakes that must gain nothing."""

from __future__ import annotations

from pathlib import Path

from tests.grading.attacks.course import hidden_cell, locked_cell, solution_cell, write_course

MAXIMUM = 16.0

WORK = """\
import dataclasses
class Square:
    def __init__(self, side):
        self.side = side
    def area(self):
        return self.side ** 2
    def scaled(self, factor):
        return Square(self.side * factor)
    def __eq__(self, other):
        return isinstance(other, Square) and self.side == other.side
    def __hash__(self):
        return hash(self.side)
def total(squares):
    return sum(square.area() for square in squares)
def largest(squares):
    return max(squares, key=Square.area)
class Stack:
    def __init__(self):
        self.items = []
    def push(self, item):
        self.items.append(item)
    def pop(self):
        return self.items.pop()
    def __len__(self):
        return len(self.items)
    def __iter__(self):
        return iter(self.items)
    def __contains__(self, item):
        return item in self.items
    def __enter__(self):
        return self
    def __exit__(self, *error):
        self.items.clear()
@dataclasses.dataclass
class Money:
    amount: float
    def __add__(self, other):
        return Money(self.amount + other.amount)
    def __mul__(self, factor):
        return Money(self.amount * factor)
"""
TESTS = {
    "square": """\
square = Square(3)
assert isinstance(square, Square) and square.side == 3
assert square.area() == 9
assert abs(Square(1.5).area() - 2.25) < 1e-9
assert np.isclose(Square(4).area(), 16)
assert Square(2).scaled(3).area() == 36
""",
    "equality": """\
assert Square(2) == Square(2)
assert Square(2) != Square(5)
assert Square(2).scaled(2) == Square(4)
assert len({Square(1), Square(1), Square(7)}) == 2
""",
    "functions": """\
squares = [Square(n) for n in (1, 3, 2)]
assert total(squares) == 14 and abs(total(squares) - 14) < 1e-9 and total([]) == 0
assert largest(squares).side == 3
areas = pd.Series([square.area() for square in squares])
pd.testing.assert_series_equal(areas, pd.Series([1, 9, 4]), check_dtype=False)
""",
    "stack": """\
with Stack() as stack:
    for n in (5, 6, 7):
        stack.push(n)
    assert len(stack) == 3 and list(stack) == [5, 6, 7]
    assert 5 in stack and 8 not in stack
    assert stack.pop() == 7
assert len(stack) == 0
""",
    "money": """\
assert Money(3) + Money(4) == Money(7)
assert Money(3) != Money(7)
assert (Money(3) * 2).amount == 6
assert (Money(1.5) * 4).amount < 6.1
""",
    "partial": """\
right = 0
for n in (2, 3, 5, 9):
    try:
        if Square(n).area() == n * n:
            right += 1
    except Exception:
        pass
right
""",
    # It needs the source of the answer, so it runs beside it.
    "beside": """\
import inspect
assert "return" in inspect.getsource(Square.area) or True
assert Square(3).area() == 9
assert abs(total([Square(2)]) - 4) < 1e-9
assert total([Square(1)]) in [1, 1.0]
""",
}
POINTS = {"square": 2, "equality": 2, "functions": 2, "stack": 2, "money": 2, "partial": 4}

_WRONG = """\
import dataclasses
class Square:
    side = 0
    def __init__(self, side): pass
    def area(self): return 0
    def scaled(self, factor): return self
def total(squares): return -1
def largest(squares): return None
class Stack:
    def push(self, item): pass
    def pop(self): return None
    def __len__(self): return 9
    def __iter__(self): return iter(())
    def __enter__(self): return self
    def __exit__(self, *error): pass
class Money:
    amount = 0
    def __init__(self, amount): pass
    def __add__(self, other): return self
    def __mul__(self, factor): return self
"""
#: Everything that a test reads is the fake.
_EVERYWHERE = """
def fake(*a, **k):
    return Any() if isinstance(Any, type) else Any
Square.side = property(fake); Square.area = fake; total = largest = fake
Square.scaled = fake; Stack.pop = fake; Money.amount = property(fake)
Money.__add__ = Money.__mul__ = fake
Stack.__iter__ = lambda self: iter([fake(), fake(), fake()])
"""
_OPERATORS = """
_ops = ('eq ne lt le gt ge contains bool').split()
_math = ('add sub mul truediv floordiv mod pow and or xor radd rsub rmul rtruediv abs neg '
         'round float int index').split()
def _all(kind, value=0):
    for op in _ops: setattr(kind, f'__{op}__', lambda *a: True)
    for op in _math: setattr(kind, f'__{op}__', lambda *a: value)
    kind.__hash__ = lambda *a: 1
    return kind
"""


def _fake(made: str) -> str:
    return f"{_WRONG}{_OPERATORS}{made}\n{_EVERYWHERE}"


def _also(more: str) -> str:
    return f"{_WRONG}{_OPERATORS}{more}"


FAKES = {
    "plainly-wrong": _WRONG,
    "every-operator": _fake("class Any: pass\n_all(Any)"),
    "operators-give-self": _fake("class Any: pass\n_all(Any, Any())"),
    "operators-on-the-class": _also("for kind in (Square, Stack, Money): _all(kind)"),
    "truthy-answers": _fake(
        "class Any:\n    def __eq__(self, o): return 1\n    __ne__ = __lt__ = __gt__ = __eq__\n"
        "    def __sub__(self, o): return np.float64(0)\n    __hash__ = None"
    ),
    "truthy-objects": _fake(
        "class Any:\n    def __eq__(self, o): return Any()\n    def __bool__(self): return True\n"
        "    __ne__ = __lt__ = __le__ = __gt__ = __sub__ = __rsub__ = __abs__ = __eq__\n"
        "    def __lt__(self, o): return True\n    __hash__ = None"
    ),
    "array-answers": _fake(
        "class Any:\n    def __eq__(self, o): return np.array([True])\n"
        "    __lt__ = __gt__ = __eq__\n    def __sub__(self, o): return np.zeros(1)\n"
        "    __hash__ = None"
    ),
    "says-it-is-a-number": _fake("class Any:\n    __class__ = float\n_all(Any)"),
    "metaclass": _fake(
        "class Meta(type):\n    def __instancecheck__(c, o): return True\n"
        "    def __subclasscheck__(c, o): return True\n_all(Meta)\n"
        "class Of(metaclass=Meta): pass\nAny = [Of][0]\n"
        "fake = lambda *a: Of"
    ).replace("return Any() if isinstance(Any, type) else Any", "return Of"),
    "metaclass-of-the-answer": _also(
        "class Meta(type):\n    def __call__(c, *a): return 9\n"
        "    def __instancecheck__(c, o): return True\n"
        "class Square(int, metaclass=Meta): side = 3\n"
    ),
    "answers-anything": _fake(
        "class Any:\n    def __getattr__(self, name): return Any()\n"
        "    def __getattribute__(self, name): return lambda *a: True\n"
        "    def __call__(self, *a): return self\n_all(Any)"
    ),
    "answers-anything-class": _also(
        "class Meta(type):\n    def __getattr__(c, name): return lambda *a, **k: True\n"
        "class Square(metaclass=Meta):\n    def __init__(self, *a): pass\n"
        "    def __getattr__(self, name): return lambda *a: self\n_all(Square)\n"
        "Money = Stack = Square"
    ),
    "array-protocol": _fake(
        "class Any:\n    __array_priority__ = 1e9\n"
        "    def __array__(self, *a, **k): return np.array(np.nan)\n"
        "    def __array_ufunc__(self, *a, **k): return True\n"
        "    def __array_function__(self, *a, **k): return True\n_all(Any)"
    ),
    "changing-number": _fake(
        "import itertools\nclass Any:\n    count = itertools.count()\n"
        "    def __float__(self): return float(next(Any.count))\n"
        "    def __index__(self): return next(Any.count)\n    __int__ = __index__"
    ),
    "changing-property": _also(
        "import itertools\ncount = itertools.count()\n"
        "Square.side = property(lambda self: next(count) % 4)\n"
        "Square.area = lambda self: next(count) % 40\nMoney.amount = Square.side\n"
        "total = lambda s: next(count) % 20"
    ),
    "changing-equality": _fake(
        "class Any:\n    said = 0\n    def __eq__(self, o):\n"
        "        Any.said += 1\n        return Any.said % 2 == 1\n    __hash__ = None"
    ),
    "float-with-operators": _fake("class Any(float): pass\n_all(Any)"),
    "int-with-a-method": _fake("class Any(int):\n    def own(self): return 1\n_all(Any)"),
    "str-with-operators": _fake("class Any(str):\n    def own(self): return 1\n_all(Any)"),
    "bool-like": _fake("import fractions\nclass Any(fractions.Fraction): pass\n_all(Any)"),
    "decimal": _fake("import decimal\nclass Any(decimal.Decimal): pass\n_all(Any)"),
    "complex": _fake("class Any(complex):\n    real = 9\n_all(Any)"),
    "list-with-operators": _fake("class Any(list):\n    def own(self): return 1\n_all(Any)"),
    "dict-missing": _fake(
        "class Any(dict):\n    def __missing__(self, key): return Any()\n"
        "    def __getattr__(self, name): return Any()\n_all(Any)"
    ),
    "tuple-with-fields": _fake(
        "import collections\nclass Any(collections.namedtuple('Any', 'side', defaults=[0])):\n"
        "    def area(self): return Any()\n_all(Any)"
    ),
    "numpy-number": _fake("class Any(np.float64): pass\n_all(Any)"),
    "array-subclass": _fake(
        "class Arr(np.ndarray):\n    def __array_ufunc__(self, *a, **k): return True\n_all(Arr)\n"
        "Any = np.zeros(()).view(Arr)"
    ),
    "masked": _fake("Any = np.ma.masked"),
    "masked-array": _fake("Any = np.ma.masked_all(())"),
    "nan": _fake("Any = float('nan')"),
    "missing": _fake("Any = pd.NA"),
    "series-subclass": _fake(
        "class Any(pd.Series):\n    def equals(self, o): return True\n"
        "    _constructor = property(lambda self: Any)\n    def item(self): return 9\n_all(Any)"
    ),
    "any": _fake("from unittest.mock import ANY as Any"),
    "any-in-an-array": _fake(
        "from unittest.mock import ANY\nAny = np.array([ANY], dtype=object)[0:1]"
    ),
    "any-in-a-series": _fake("from unittest.mock import ANY\nAny = pd.Series([ANY] * 3)"),
    "mock": _fake(
        "from unittest.mock import MagicMock\nAny = MagicMock()\n"
        "Any.__eq__ = lambda *a: True\nAny.__sub__ = lambda *a: 0\nAny.__lt__ = lambda *a: True"
    ),
    "mock-classes": _also(
        "from unittest.mock import MagicMock\nSquare = Stack = Money = MagicMock()\n"
        "total = largest = Square"
    ),
    "mock-subclass": _fake("from unittest.mock import Mock\nclass Any(Mock): pass\n_all(Any)"),
    "lazy": _fake(
        "class Any:\n    def __init__(self, f=lambda: 0): self.f = f\n"
        "    def __eq__(self, o): return Any(lambda: True)\n"
        "    def __sub__(self, o): return Any(lambda: 0)\n    def __abs__(self): return self\n"
        "    def __lt__(self, o): return Any(lambda: True)\n    __hash__ = None\n"
        "    def __bool__(self): return bool(self.f())\n    def __float__(self): return 0.0"
    ),
    "partial": _fake("import functools\nAny = functools.partial(lambda *a: True)"),
    "enum": _fake(
        "import enum\nclass E(enum.Enum):\n    A = 0\n    def __eq__(self, o): return True\n"
        "    def __sub__(self, o): return 0\n    __hash__ = None\nAny = E.A"
    ),
    "int-enum": _fake(
        "import enum\nclass E(enum.IntEnum):\n    A = 0\n    def __eq__(self, o): return True\n"
        "    def __sub__(self, o): return 0\n    __hash__ = int.__hash__\nAny = E.A"
    ),
    "dataclass": _fake(
        "@dataclasses.dataclass(order=True)\nclass Any:\n    side: int = 0\n_all(Any)"
    ),
    "ordering": _fake(
        "import functools\n@functools.total_ordering\nclass Any:\n"
        "    def __eq__(self, o): return True\n    def __lt__(self, o): return True\n"
        "    __hash__ = None"
    ),
    "forged-module": _fake(
        "class Any: pass\n_all(Any)\nAny.__module__ = 'builtins'\nAny.__qualname__ = 'float'"
    ),
    "forged-code": _fake(
        "def true(*a): return True\n"
        "true.__code__ = true.__code__.replace(co_filename=np.__file__)\n"
        "class Any: __eq__ = __lt__ = __contains__ = true\nAny.__sub__ = lambda *a: 0\n"
        "Any.__hash__ = None"
    ),
    "swallows-errors": _also(
        "Stack.__exit__ = lambda self, *error: True\nStack.__len__ = lambda self: 0"
    ),
    "swallows-by-refusing": _also(
        "class Any: pass\nStack.pop = lambda self: Any()\nStack.__exit__ = lambda self, *e: True\n"
        "def stop(*a): raise ValueError\nStack.push = stop\nStack.__len__ = lambda self: 0"
    ),
    "equal-among-themselves": _also(
        "Square.__eq__ = lambda self, o: isinstance(o, Square)\nSquare.__hash__ = lambda self: 1\n"
        "Money.__eq__ = lambda self, o: isinstance(o, Money)"
    ),
    "equal-by-turns": _also(
        "said = []\ndef eq(self, o):\n    said.append(1); return len(said) in (1, 2, 4)\n"
        "Square.__eq__ = Money.__eq__ = eq\nSquare.__ne__ = Money.__ne__ = lambda s, o: True\n"
        "Square.__hash__ = id"
    ),
    "a-result-equal-to-all": _also(
        "class Other(Square):\n    __eq__ = lambda *a: True\n    __hash__ = lambda self: 1\n"
        "Square.scaled = lambda self, k: Other(0)\nSquare.__hash__ = lambda self: 1\n"
        "Square.__eq__ = lambda self, o: isinstance(o, Other) or self is o\n"
        "Money.__add__ = lambda self, o: Other(0)\nMoney.__eq__ = lambda *a: True"
    ),
    "steals-arguments": _also(
        "import gc, sys\ndef eq(self, o):\n    Square.seen = o; return True\n"
        "Square.__eq__ = eq\nSquare.area = lambda self: getattr(Square, 'seen', Square(1))\n"
        "Square.__hash__ = id"
    ),
    "raises": _also(
        "def end(*a): raise SystemExit(0)\nSquare.area = end\n"
        "def stop(*a): raise StopIteration(9)\ntotal = largest = stop\n"
        "def key(*a): raise KeyboardInterrupt\nStack.push = key\n"
        "class E(BaseException): pass\ndef odd(*a): raise E\nMoney.__add__ = odd"
    ),
    "raises-own-pass": _also(
        "class AssertionError(Exception):\n    def __bool__(self): return False\n"
        "def end(*a): raise AssertionError\nSquare.area = Money.__add__ = Stack.push = end"
    ),
    "default-objects": _fake("class Any: pass\n_all(Any)").replace(
        "def fake(*a, **k):", "def fake(*a, any=dict(x=[1]), **k):"
    ),
    "generator": _also(
        "def numbers():\n    while True:\n        yield from (9, 14, 16, 36, 0)\ng = numbers()\n"
        "Square.area = lambda self: next(g)\ntotal = lambda s: g\nlargest = lambda s: g"
    ),
    "not-a-class": _also(
        "import types\ndef Square(side): return types.SimpleNamespace(side=0, area=lambda: Any())\n"
        "class Any: pass\n_all(Any)\nStack = Money = Square"
    ),
    "class-is-a-number": _also("Square = 9\nStack = Money = total = largest = 9"),
    "patched-tests": _also(
        "import inspect\ninspect.getsource = lambda *a: 'return'\n"
        "np.isclose = lambda *a, **k: True\npd.testing.assert_series_equal = lambda *a: None\n"
        "import builtins\nbuiltins.abs = lambda x: 0\nbuiltins.isinstance = lambda *a: True"
    ),
    "cheats-in-copies": _fake(
        "import os\nclass Any: pass\n_all(Any)\n"
        "os.register_at_fork(after_in_child=lambda: os._exit(0))"
    ),
    "helper-forged": _also(
        "import sys\nfor name, module in list(sys.modules.items()):\n"
        "    if name.startswith('inside.'):\n"
        "        for key in ('rehearse', 'do', 'state', 'as_data', 'encode_error'):\n"
        "            if hasattr(module, key):\n"
        "                setattr(module, key, lambda *a, **k: {'passed': True, 'value': '4', "
        "'asked': []})"
    ),
}


def _instead(old: str, new: str) -> str:
    assert old in WORK
    return WORK.replace(old, new)


_SQUARE, _STACK, _MONEY = (WORK.index(f"class {name}") for name in ("Square", "Stack", "Money"))
_FUNCTIONS = WORK[WORK.index("def total") : _STACK]
_OF_SQUARES = WORK[_SQUARE : WORK.index("def total")]
_OF_STACKS = WORK[_STACK : WORK.index("@dataclasses")]
_OF_MONEY = WORK[WORK.index("@dataclasses") :]


def _square(code: str) -> str:
    return WORK.replace(_OF_SQUARES, code)


def _stack(code: str) -> str:
    return WORK.replace(_OF_STACKS, code)


def _money(code: str) -> str:
    return WORK.replace(_OF_MONEY, code)


#: Right answers that are built otherwise than the instructor's.
HONEST = {
    "frozen-dataclass": _square(
        "@dataclasses.dataclass(frozen=True, order=True)\nclass Square:\n    side: float\n"
        "    def area(self): return self.side ** 2\n"
        "    def scaled(self, factor): return dataclasses.replace(self, side=self.side * factor)\n"
    ),
    "slots": _square(
        _OF_SQUARES.replace("    def area", "    __slots__ = ('side',)\n    def area", 1)
    ),
    "property": _square(
        _OF_SQUARES.replace("self.side = side", "self._s = side").replace(
            "    def area",
            "    @property\n    def side(self): return self._s\n"
            "    @side.setter\n    def side(self, s): self._s = s\n    def area",
        )
    ),
    "namedtuple": _square(
        "import collections\nclass Square(collections.namedtuple('Square', 'side')):\n"
        "    __slots__ = ()\n    def area(self): return self.side ** 2\n"
        "    def scaled(self, factor): return Square(self.side * factor)\n"
    ),
    "typed-namedtuple": _square(
        "import typing\nclass Square(typing.NamedTuple):\n    side: float\n"
        "    def area(self): return self.side ** 2\n"
        "    def scaled(self, factor): return self._replace(side=self.side * factor)\n"
    ),
    "abstract-base": _square(
        "import abc\nclass Shape(abc.ABC):\n    @abc.abstractmethod\n    def area(self): ...\n"
        + _OF_SQUARES.replace("class Square:", "class Square(Shape):")
    ),
    "inherits": _square(
        "class Rectangle:\n    def __init__(self, a, b): self.a, self.b = a, b\n"
        "    def area(self): return self.a * self.b\n"
        "class Square(Rectangle):\n    def __init__(self, side): super().__init__(side, side)\n"
        "    @property\n    def side(self): return self.a\n"
        "    def scaled(self, factor): return type(self)(self.side * factor)\n"
        "    def __eq__(self, o): return type(o) is type(self) and self.a == o.a\n"
        "    def __hash__(self): return hash((Square, self.a))\n"
    ),
    "metaclass": _square(
        "class Meta(type):\n    made = 0\n    def __call__(cls, *a, **k):\n"
        "        Meta.made += 1\n        return super().__call__(*a, **k)\n"
        + _OF_SQUARES.replace("class Square:", "class Square(metaclass=Meta):")
    ),
    "getattr": _square(
        _OF_SQUARES.replace("self.side = side", "self.parts = {'side': side}").replace(
            "    def area",
            "    def __getattr__(self, name):\n        try: return self.__dict__['parts'][name]\n"
            "        except KeyError: raise AttributeError(name) from None\n    def area",
        )
    ),
    "float-subclass": _square(
        "class Square(float):\n    @property\n    def side(self): return float(self)\n"
        "    def area(self): return self.side ** 2\n"
        "    def scaled(self, factor): return Square(self * factor)\n"
    ),
    "equality-by-key": _square(
        _OF_SQUARES.replace(
            "isinstance(other, Square) and self.side == other.side", "self._key() == other._key()"
        ).replace(
            "    def __hash__", "    def _key(self): return round(self.side, 6)\n    def __hash__"
        )
    ),
    "equality-with-numbers": _square(
        _OF_SQUARES.replace(
            "isinstance(other, Square) and self.side == other.side",
            "self.side == getattr(other, 'side', other)",
        )
    ),
    "equality-that-raises": _square(
        _OF_SQUARES.replace(
            "return isinstance(other, Square) and self.side == other.side",
            "if not isinstance(other, Square): raise TypeError('not a square')\n"
            "        return self.side == other.side",
        )
    ),
    "different-but-equal": _square(
        "import itertools\ncount = itertools.count()\n"
        + _OF_SQUARES.replace("self.side = side", "self.side = side; self.id = next(count)")
    ),
    "counts-and-prints": _square(
        _OF_SQUARES.replace(
            "self.side = side", "self.side = side; print('made', self); Square.made += 1"
        ).replace("    def area", "    made = 0\n    def area", 1)
    ),
    "numpy-inside": _square(
        _OF_SQUARES.replace("return self.side ** 2", "return np.square(self.side)")
    ),
    "fraction-inside": _square(
        "import fractions\n"
        + _OF_SQUARES.replace("return self.side ** 2", "return fractions.Fraction(self.side) ** 2")
    ),
    "list-subclass": _stack(
        "class Stack(list):\n    def push(self, item): self.append(item)\n"
        "    def __enter__(self): return self\n    def __exit__(self, *e): self.clear()\n"
    ),
    "deque-subclass": _stack(
        "import collections\nclass Stack(collections.deque):\n    push = collections.deque.append\n"
        "    def __enter__(self): return self\n    def __exit__(self, *e): self.clear()\n"
    ),
    "user-list": _stack(
        "import collections\nclass Stack(collections.UserList):\n"
        "    def push(self, item): self.data.append(item)\n"
        "    def __enter__(self): return self\n    def __exit__(self, *e): self.clear()\n"
    ),
    "generator-methods": _stack(
        _OF_STACKS.replace("return iter(self.items)", "yield from self.items")
    ),
    "old-iteration": _stack(
        _OF_STACKS.replace(
            "def __iter__(self):\n        return iter(self.items)",
            "def __getitem__(self, i):\n        return self.items[i]",
        ).replace("    def __contains__(self, item):\n        return item in self.items\n", "")
    ),
    "own-iterator": _stack(
        "class Walk:\n    def __init__(self, items): self.items, self.at = items, -1\n"
        "    def __iter__(self): return self\n    def __next__(self):\n        self.at += 1\n"
        "        if self.at == len(self.items): raise StopIteration\n"
        "        return self.items[self.at]\n"
        + _OF_STACKS.replace("return iter(self.items)", "return Walk(self.items)")
    ),
    "linked-list": _stack(
        "class Node:\n    def __init__(self, item, below): self.item, self.below = item, below\n"
        "class Stack:\n    def __init__(self): self.top = None\n"
        "    def push(self, item): self.top = Node(item, self.top)\n"
        "    def pop(self):\n        item, self.top = self.top.item, self.top.below\n"
        "        return item\n    def __len__(self): return sum(1 for _ in self)\n"
        "    def __iter__(self):\n        found, node = [], self.top\n"
        "        while node != None: found.append(node.item); node = node.below\n"
        "        return iter(found[::-1])\n    def __enter__(self): return self\n"
        "    def __exit__(self, *e): self.top = None\n"
    ),
    "float-money": _money(
        "class Money(float):\n    @property\n    def amount(self): return float(self)\n"
        "    def __add__(self, o): return Money(float(self) + float(o))\n"
        "    def __mul__(self, k): return Money(float(self) * k)\n"
    ),
    "decimal-money": _money(
        "import decimal\nclass Money:\n"
        "    def __init__(self, amount): self.amount = decimal.Decimal(amount)\n"
        "    def __add__(self, o): return Money(self.amount + o.amount)\n"
        "    def __mul__(self, k): return Money(self.amount * k)\n"
        "    def __eq__(self, o):\n        if not isinstance(o, Money): return NotImplemented\n"
        "        return self.amount == o.amount\n"
    ),
    "total-ordering": _money(
        "import functools\n@functools.total_ordering\n"
        + _OF_MONEY.replace("@dataclasses.dataclass\n", "@dataclasses.dataclass(eq=True)\n")
        + "    def __lt__(self, o): return self.amount < o.amount\n"
    ),
    "reflected": _money(_OF_MONEY + "    __radd__ = __add__\n    __rmul__ = __mul__\n"),
    "made-dataclass": _money(
        "Money = dataclasses.make_dataclass('Money', ['amount'], namespace={\n"
        "    '__add__': lambda s, o: Money(s.amount + o.amount),\n"
        "    '__mul__': lambda s, k: Money(s.amount * k)})\n"
    ),
    "in-a-module": f"import pathlib\npathlib.Path('shapes.py').write_text({WORK!r})\n"
    "from shapes import *\n",
}


def make_class_course(root: Path) -> Path:
    """A course with one assignment on classes."""
    tests = [hidden_cell(name, TESTS[name], POINTS.get(name, 2)) for name in TESTS]
    given = locked_cell("imports", "import numpy as np\nimport pandas as pd")
    return write_course(root, [given, solution_cell("work", WORK), *tests])
