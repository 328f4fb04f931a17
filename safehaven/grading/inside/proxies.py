"""What stands at the examiner for objects of a notebook's own classes.

Reading an attribute, calling a method and using an operator go to the notebook's end, and what
comes back is data or another object. Whether an object equals something, and what may be asked
of it at all, is decided here: a test asks of a student's objects no more than it asked of the
instructor's. An object is never equal to data by its own word, unless it knows the data among
others like it.
"""

from __future__ import annotations

import ast
import dataclasses
import random
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .codec import Decoder, Tree, Unreadable, data_types, read_text
from .describing import signature, text_or_none
from .objects import ARITHMETIC, CONTAINS, EQUALS_DATA, ORDER, ORDER_OF_DATA

if TYPE_CHECKING:
    from .remote import Peer

#: Attributes that are looked for in every object by those who show or calculate, not by tests.
_ASKED_BY_LIBRARIES = ("_repr_", "_ipython_")
#: Attributes of this form that tests read.
_SPECIAL_ATTRIBUTES = frozenset(
    {"__dict__", "__annotations__", "__slots__", "__abstractmethods__", "__members__"}
)
#: What an object may always be asked for: the answer is data, and worth what it says.
_ALWAYS = (
    *("__abs__", "__bool__", "__ceil__", "__complex__", "__delitem__", "__float__", "__floor__"),
    *("__getitem__", "__index__", "__int__", "__invert__", "__iter__", "__len__", "__neg__"),
    *("__next__", "__pos__", "__reversed__", "__round__", "__setitem__", "__trunc__"),
    "__call__",
)
_ITERATED = frozenset({"__contains__", "__iter__", "__getitem__"})
#: What a test asks where what one object says of another is an object in its turn.
_EQUAL_IS_OBJECT = "equality is an object"
#: What a test asks that shows an object at its end.
AT_THE_END = "shown at the end"
_MOST_BASES = 20
_MOST_OTHERS = 6
_DECOYS = 12


class Asked:
    """What a test asks of objects.

    Args:
        allowed: what it may ask; None for everything, as with the instructor's own answers.
    """

    def __init__(self, allowed: Iterable[str] | None) -> None:
        self._allowed = None if allowed is None else frozenset(allowed)
        self.found: set[str] = set()
        #: Whether any object was met.
        self.met = False

    @property
    def is_learning(self) -> bool:
        """Whether the instructor's own answers are asked."""
        return self._allowed is None

    def may(self, what: str) -> bool:
        """Whether something may be asked; where all may, it is kept for the students' turn."""
        if self._allowed is not None:
            return what in self._allowed
        self.found.add(what)
        return True


def named(source: str) -> set[str]:
    """Give the attributes that a test names and that no data has: they are meant for objects."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return {name for name in found if name.isidentifier()} - _names_of_data()


_known: set[str] = set()


def _names_of_data() -> set[str]:
    """The attributes of everything that crosses as data."""
    if not _known:
        _known.update(name for kind in data_types() for name in dir(kind))
    return _known


@dataclass(frozen=True)
class _Kind:
    """What is known of a class.

    Attributes:
        proxies: who asks its objects.
        special: the special methods that it has at the other end.
        is_data: whether it is derived from a plain type.
    """

    proxies: Proxies
    special: frozenset[str]
    is_data: bool


#: Classes that stand for those of the other end. Nothing is kept in them: any name is a student's.
_kinds: dict[type, _Kind] = {}


class Proxies:
    """Makes what stands for classes and objects, and knows which are which.

    Args:
        peer: this end of the line.
    """

    def __init__(self, peer: Peer) -> None:
        self._peer = peer
        #: What the test that runs may ask; None where no object can cross.
        self.asked: Asked | None = None

    def take(self, tree: Sequence[Tree]) -> Any:
        """Make a class, or an object of one.

        Raises:
            Unreadable: it is neither.
        """
        if self.asked is None:
            raise Unreadable("an object where none was asked for")
        self.asked.met = True
        if tree[0] == "cls":
            return self._class(tree[2])
        kind = self._peer.take(tree[2])
        if kind not in _kinds:
            raise Unreadable("an object of no class")
        return object.__new__(kind)

    # --- asking ---

    def request(self, one: Any, what: str, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """Ask the other end for something that it does with an object.

        Raises:
            BaseException: what that raised there.
        """
        handle = self._peer.handle_of(one)
        if handle is None or self.asked is None:
            raise self._peer.stop("cannot", f"an object of the class {type(one).__name__}")
        order = {"do": what, "to": handle, "name": name}
        return self._peer.perform(name, order, args, kwargs, is_next=name == "__next__")

    def special(self, one: Any, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """Ask for what a special method does."""
        return self.request(one, "special", name, *args, **kwargs)

    def attribute(self, one: Any, name: str) -> Any:
        """Ask for an attribute.

        Raises:
            AttributeError: it has none of that name, or the test has no reason to ask.
        """
        is_special = name.startswith("__") and name.endswith("__")
        if (
            (is_special and name not in _SPECIAL_ATTRIBUTES)
            or name.startswith(_ASKED_BY_LIBRARIES)
            or self.asked is None
            or not self.asked.may(name)
        ):
            kind = one if isinstance(one, type) else type(one)
            raise AttributeError(f"'{kind.__name__}' object has no attribute '{name}'")
        return self.request(one, "get", name)

    # --- comparing ---

    def equal(self, one: Any, other: Any) -> Any:
        """Whether an object equals another, or data."""
        if not is_object(other):
            return self._equals_data(one, other)
        if not _has(one, "__eq__"):
            return NotImplemented
        said = self.special(one, "__eq__", other)
        if said is NotImplemented or self.asked is None or self.asked.is_learning:
            if is_object(said) and self.asked is not None:
                self.asked.may(_EQUAL_IS_OBJECT)
            return said
        if is_object(said):
            return said if self.asked.may(_EQUAL_IS_OBJECT) else False
        return False if _is_true(said) and not self._is_believed(one, other) else said

    def _equals_data(self, one: Any, data: Any) -> bool:
        if _has(one, "__eq__") and self.asked is not None:
            if self.asked.is_learning:
                if self._says_equal(one, data):
                    return self.asked.may(EQUALS_DATA)
            elif self.asked.may(EQUALS_DATA) and self._knows(one, data):
                return True
        return _kinds[type(one)].is_data and bool(self.data(one) == data)

    def _says_equal(self, one: Any, other: Any) -> bool:
        try:
            said = self.special(one, "__eq__", other)
        except Exception:
            return False
        return said is not NotImplemented and _is_true(said)

    def _knows(self, one: Any, data: Any) -> bool:
        """Whether an object finds what it equals among data of the same kind."""
        row = [(data, True), *((decoy, False) for decoy in _like(data))]
        random.SystemRandom().shuffle(row)
        return all(self._says_equal(one, each) is right for each, right in row)

    def _is_believed(self, one: Any, other: Any) -> bool:
        """Whether a class that calls two objects equal does not call everything equal."""
        decoys = (secrets.token_hex(8), secrets.randbits(40))
        if any(self._says_equal(one, decoy) for decoy in decoys):
            return False
        state = self._state(other)
        if state is not None and self._state(one) == state:
            return True
        others = [
            each
            for each in self._peer.objects_like(other)
            if each is not one and each is not other and self._state(each) != state
        ]
        others = others[:_MOST_OTHERS]
        return not others or not all(self._says_equal(one, each) for each in others)

    def _state(self, one: Any) -> Any:
        return self.request(one, "state", "")

    def data(self, one: Any) -> Any:
        """Give what an object of a class that is derived from a plain type holds."""
        return self.request(one, "data", "")

    def binary(self, one: Any, name: str, other: Any) -> Any:
        """Use an operator on an object and something else."""
        if is_object(other):
            return self.special(one, name, other)
        what = ORDER_OF_DATA if name in ORDER else f"{ARITHMETIC[name]} with data"
        if self.asked is not None and self.asked.may(what):
            return self.special(one, name, other)
        if _kinds[type(one)].is_data:
            data = self.data(one)
            method = getattr(type(data), name, None)
            return NotImplemented if method is None else method(data, other)
        return NotImplemented

    def contains(self, one: Any, item: Any) -> bool:
        """Whether an object holds something, by its own word where the test asks for that."""
        if self.asked is not None and self.asked.may(CONTAINS):
            return bool(self.special(one, "__contains__", item))
        return any(item is each or item == each for each in one)

    def leave(self, one: Any, error: BaseException | None) -> bool:
        """Leave a context; give whether an error that a test is not about ends there."""
        told = error if isinstance(error, Exception) else None
        if isinstance(told, AssertionError):
            told = None
        if self._peer.stopped is not None:
            return False
        swallows = bool(self.special(one, "__exit__", told))
        if not swallows or told is None or self.asked is None:
            return False
        return self.asked.may(f"swallows {type(told).__name__}")

    # --- making classes ---

    def _class(self, about: Tree) -> Any:
        bases = [self._base(tree) for tree in about["bases"][:_MOST_BASES]]
        names: dict[str, Any] = {
            "__module__": text_or_none(about["module"]) or "__main__",
            "__qualname__": read_text(about["qualname"]),
            "__doc__": text_or_none(about["doc"]),
        }
        name = read_text(about["name"])
        errors = [base for base in bases if issubclass(base, BaseException)]
        if errors:
            return type(name, tuple(dict.fromkeys(bases)), names)
        special = frozenset(read_text(one) for one in about["special"])
        names |= _methods(self, special, hashes=about["hashes"] is True) | {"__slots__": ()}
        if type(about["fields"]) is list:
            names["__dataclass_fields__"] = _fields(name, about["fields"])
        if "parameters" in about:
            names["__signature__"] = signature(about["parameters"])
        plain = tuple(base for base in bases if base not in _kinds)
        if plain:
            shadow = _shadow(name, plain)
            names["__class__"] = property(lambda _: shadow)
        objects = tuple(base for base in bases if base in _kinds) or (_Object,)
        kind = type.__new__(_ClassOfObjects, name, objects, names)
        _kinds[kind] = _Kind(self, special, about["data"] is True)
        return kind

    def _base(self, tree: Tree) -> type:
        base = Decoder(self._peer).read(tree)
        if not isinstance(base, type):
            raise Unreadable("a base that is no class")
        return base


def is_object(value: Any) -> bool:
    """Whether a value stands for an object of the other end."""
    return type(value) in _kinds


def _fields(name: str, fields: list[Tree]) -> Any:
    shape: Any = dataclasses.make_dataclass(name, [(read_text(field), Any) for field in fields])
    return shape.__dataclass_fields__


def _shadow(name: str, plain: tuple[type, ...]) -> type:
    """Make what isinstance() finds to be of a plain type, where the class itself is not."""
    try:
        return type(name, plain, {"__module__": "__main__"})
    except TypeError:
        return plain[0]


def _is_true(value: Any) -> bool:
    try:
        return bool(value)
    except Exception:
        return False


def _has(one: Any, name: str) -> bool:
    return name in _kinds[type(one)].special


def _like(data: Any) -> list[Any]:
    """Make data of the same kind that is something else."""
    chance = random.SystemRandom()
    made: list[Any] = [secrets.token_hex(6), chance.randrange(10**6, 10**7)]
    if isinstance(data, bool):
        return made
    if isinstance(data, int | float):
        before = chance.randrange(_DECOYS)
        made += [data + step for step in range(-before, _DECOYS - before) if step]
    elif isinstance(data, str):
        made += [data + chance.choice("abc"), data[::-1] + "x", data[1:] + "y"]
    elif isinstance(data, list | tuple):
        made += [type(data)((*data, chance.randrange(9))), type(data)((*data[::-1], None))]
    return made


# --- classes and their methods ----------------------------------------------------------------


class _ClassOfObjects(type):
    """The class of a class that stands for a student's."""

    def __new__(cls, name: str, bases: tuple[type, ...], _: dict[str, Any]) -> Any:
        """Refuse: a test's own class cannot be derived from a student's that is elsewhere."""
        proxies = next(_kinds[base].proxies for base in bases if base in _kinds)
        raise proxies._peer.stop("cannot", f"{name} is derived from a class of the notebook")

    def __call__(cls, /, *args: Any, **kwargs: Any) -> Any:
        """Make an object."""
        return _kinds[cls].proxies.special(cls, "__call__", *args, **kwargs)

    def __getattr__(cls, name: str) -> Any:
        """Give an attribute of the class."""
        return _kinds[cls].proxies.attribute(cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        """Give the class another attribute."""
        _kinds[cls].proxies.request(cls, "set", name, value)

    def __delattr__(cls, name: str) -> None:
        """Take an attribute from the class."""
        _kinds[cls].proxies.request(cls, "del", name)

    def __iter__(cls) -> Any:
        """Go through what the class holds, as an enumeration does."""
        return _kinds[cls].proxies.special(cls, "__iter__")

    def __len__(cls) -> Any:
        """Say how much the class holds."""
        return _kinds[cls].proxies.special(cls, "__len__")

    def __bool__(cls) -> bool:
        """Be true, as classes are."""
        return True

    def __getitem__(cls, key: Any) -> Any:
        """Give what the class holds by a name."""
        return _kinds[cls].proxies.special(cls, "__getitem__", key)

    def __contains__(cls, item: Any) -> bool:
        """Whether the class holds something."""
        return _kinds[cls].proxies.contains(cls, item)

    def __dir__(cls) -> Any:
        """Name the attributes of the class."""
        return _kinds[cls].proxies.special(cls, "__dir__")


class _Object:
    """What all objects have; the rest is as their class at the other end has it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return _of(self).attribute(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _of(self).request(self, "set", name, value)

    def __delattr__(self, name: str) -> None:
        _of(self).request(self, "del", name)

    def __dir__(self) -> Any:
        return _of(self).special(self, "__dir__")

    def __eq__(self, other: object) -> Any:
        return _of(self).equal(self, other)

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> Any:
        return _of(self).special(self, "__repr__")

    def __str__(self) -> Any:
        return _of(self).special(self, "__str__")

    def __format__(self, how: str) -> Any:
        return _of(self).special(self, "__format__", how)

    def __copy__(self) -> Any:
        return _of(self).special(self, "__copy__")

    def __deepcopy__(self, _: Any) -> Any:
        return _of(self).special(self, "__deepcopy__")

    def __reduce_ex__(self, _: Any) -> Any:
        proxies = _of(self)
        raise proxies._peer.stop("cannot", "an object that is to be pickled")


def _of(one: Any) -> Proxies:
    return _kinds[type(one)].proxies


def _methods(proxies: Proxies, special: frozenset[str], *, hashes: bool) -> dict[str, Any]:
    """Make the special methods that a class at the other end has."""
    made: dict[str, Any] = {"__dict__": property(lambda one: proxies.attribute(one, "__dict__"))}
    for name in special:
        if name in _ALWAYS:
            made[name] = _special(proxies, name)
        elif name in ARITHMETIC or name in ORDER:
            made[name] = _operator(proxies, name)
    if special & _ITERATED:
        made["__contains__"] = _contains(proxies)
    if "__enter__" in special:
        made["__enter__"] = _special(proxies, "__enter__")
        made["__exit__"] = lambda one, _, error, __: proxies.leave(one, error)
    if not hashes:
        made["__hash__"] = None
    elif "__hash__" in special:
        made["__hash__"] = _special(proxies, "__hash__")
    return made


def _special(proxies: Proxies, name: str) -> Callable[..., Any]:
    return lambda one, /, *args, **kwargs: proxies.special(one, name, *args, **kwargs)


def _contains(proxies: Proxies) -> Callable[[Any, Any], bool]:
    def contains(one: Any, item: Any) -> bool:
        return proxies.contains(one, item)

    return contains


def _operator(proxies: Proxies, name: str) -> Callable[..., Any]:
    return lambda one, other, *_: proxies.binary(one, name, other)
