"""Lists, tables and the like that both ends hold: what changes at one end changes at the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .codec import Decoder, Encoder, Tree, Unreadable, read_number
from .mutation import change, remember


class Shared:
    """The values that a test has fetched, under the same numbers at both ends.

    Attributes:
        test: the number of the test.
        values: the values, in the order in which they were met.
    """

    def __init__(self) -> None:
        self.test = 0
        self.values: list[Any] = []
        self._watched: list[Callable[[], bool]] = []
        self._ids: set[int] = set()

    def begin(self, test: int) -> bool:
        """Forget everything where a new test begins; give whether one does."""
        if test == self.test:
            return False
        self.test = test
        self.values, self._watched, self._ids = [], [], set()
        return True

    def extend(self, values: Iterable[Any]) -> None:
        """Share values; those that are shared stay as they are."""
        for value in values:
            if id(value) not in self._ids:
                self._ids.add(id(value))
                self.values.append(value)
                self._watched.append(remember(value))

    def changes(self, encoder: Encoder) -> list[Tree]:
        """Give what changed here since the other end was told.

        Raises:
            CannotCross: something was put into them that is not on the list.
        """
        found = []
        for number, is_changed in enumerate(list(self._watched)):
            if is_changed():
                start = len(encoder.trail)
                found.append([number, encoder.contents(self.values[number])])
                self._watched[number] = remember(self.values[number])
                self.extend(_inner(encoder, start))
        return found

    def apply(self, decoder: Decoder, trees: Tree) -> None:
        """Do here what changed at the other end: to what is shared, and to arguments.

        Raises:
            Unreadable: it is no list of changes, or something became what it cannot become.
        """
        for number, tree in _pairs(trees):
            start = len(decoder.trail)
            now = decoder.decode(tree)
            place = read_number(number)
            if not 0 <= place < len(decoder.met):
                raise Unreadable("a change of nothing")
            try:
                change(decoder.met[place], now)
            except (TypeError, ValueError):
                raise Unreadable("a value that became something else") from None
            if place < len(self._watched):
                self._watched[place] = remember(self.values[place])
                self.extend(_inner(decoder, start))


def _inner(codec: Encoder | Decoder, start: int) -> list[Any]:
    """Give what was met inside a value, in the same order at both ends."""
    # The first number is the value's own, which it has for its new contents.
    return [codec.met[number] for number in codec.trail[start + 1 :]]


def _pairs(tree: Tree) -> list[tuple[Tree, Tree]]:
    if tree is None:
        return []
    if type(tree) is not list or any(type(pair) is not list or len(pair) != 2 for pair in tree):
        raise Unreadable("not a list of changes")
    return [(pair[0], pair[1]) for pair in tree]
