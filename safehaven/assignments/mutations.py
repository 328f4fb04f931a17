"""Small mistakes put into a piece of Python, one at a time.

The kinds of mistake are those that a person makes in a short answer over a table: a wrong
comparison, a bound one off, a condition left out or turned round, `and` for `or`, the last for
the first, `min` for `max`, `any` for `all`, a union for an intersection, another column, a guard
forgotten.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Mutation:
    """One small mistake.

    Attributes:
        line: the line of the code that it stands on, counted from 1.
        before: what stood there.
        after: what stands there now.
        code: the whole code with the mistake in it.
    """

    line: int
    before: str
    after: str
    code: str

    def __str__(self) -> str:
        return f"{_one_line(self.before)}  →  {_one_line(self.after)}"


def mutations(code: str, lines: set[int]) -> list[Mutation]:
    """All mutations of some lines of a piece of code, no two of them alike.

    Args:
        code: Python that compiles.
        lines: the lines that may be changed, counted from 1.
    """
    given = ast.parse(code)
    original, keys, kept = ast.unparse(given), _keys(given), _left_alone(given)
    found: dict[str, Mutation] = {}
    for index, node in enumerate(ast.walk(given)):
        if getattr(node, "lineno", 0) not in lines or node in kept:
            continue
        for change in (*_changes(node), *_other_key(node, keys)):
            # Each mutation starts from a fresh tree; the walk always goes the same way.
            tree = ast.parse(code)
            spot = list(ast.walk(tree))[index]
            before = ast.unparse(spot)
            after = change(spot)
            mutant = ast.unparse(ast.fix_missing_locations(_replace(tree, spot, after)))
            if mutant != original and mutant not in found:
                line: int = node.lineno  # type: ignore[attr-defined]
                found[mutant] = Mutation(line, before, ast.unparse(after), mutant)
    return sorted(found.values(), key=lambda mutation: mutation.line)


def _keys(tree: ast.AST) -> list[str]:
    """The columns and keys that the code names, as in table["year"]."""
    slices = [node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    values = [given.value for given in slices if isinstance(given, ast.Constant)]
    return sorted({value for value in values if isinstance(value, str)})


def _left_alone(tree: ast.Module) -> set[ast.AST]:
    """Constants with which nothing is computed: docstrings, columns, values only written down.

    A column that does not exist stops the answer at once, which any test notices; such mutants
    would only make the share of those caught look better (see _other_key). Values that are
    written down outside a function, as in `judgements = [{"word": "likely"}]`, hold no operator,
    no bound and no filter; what they may be is for the answer variants to try.
    """
    kept: set[ast.AST] = set()
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and not _computes(statement.value):
            kept.update(ast.walk(statement.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _is_text(node.slice):
            kept.add(node.slice)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            kept.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            kept.update(node.values)
    return kept


def _computes(value: ast.expr) -> bool:
    plain = (ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Name, ast.UnaryOp)
    inside = (node for node in ast.walk(value) if isinstance(node, ast.expr))
    return not all(isinstance(node, plain) for node in inside)


def _other_key(node: ast.AST, keys: list[str]) -> Iterator[Change]:
    """Another column or key of the same code in the place of this one."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        name = node.slice.value
        if name in keys and len(keys) > 1:
            other = keys[(keys.index(name) + 1) % len(keys)]
            yield _setting(lambda n: setattr(n, "slice", ast.Constant(value=other)))


def _one_line(code: str) -> str:
    first, *rest = code.split("\n")
    return f"{first} …" if rest else first


Change = Callable[[ast.AST], ast.AST]


def _replace(tree: ast.Module, spot: ast.AST, new: ast.AST) -> ast.Module:
    class Replacer(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is spot else self.generic_visit(node)

    changed = Replacer().visit(tree)
    assert isinstance(changed, ast.Module)
    return changed


# --- kinds of mistake -------------------------------------------------------------------------

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
}
_PAIRS = (
    ("min", "max"),
    ("any", "all"),
    ("first", "last"),
    ("head", "tail"),
    ("union", "intersection"),
    ("mean", "median"),
    ("sum", "max"),
    ("nunique", "count"),
    ("startswith", "endswith"),
    ("idxmin", "idxmax"),
    ("nsmallest", "nlargest"),
    ("isna", "notna"),
    ("isnull", "notnull"),
    ("floor", "ceil"),
    ("issubset", "issuperset"),
    ("combinations", "permutations"),
    ("Graph", "DiGraph"),
    ("predecessors", "successors"),
    ("in_degree", "out_degree"),
    ("ancestors", "descendants"),
)
_SWAPS = {a: b for one, other in _PAIRS for a, b in ((one, other), (other, one))}
_SWAPS["sum"] = "max"
_SWAPS["max"] = "min"
#: Calls that can be left out: what they are given, or called on, stands in their place.
_WRAPPERS = frozenset({"set", "sorted", "abs", "round", "int", "float", "len", "list"})
_STEPS = frozenset({"drop_duplicates", "dropna", "fillna", "sort_values", "strip", "lower"})
#: Methods that say for each row whether it is meant.
_MASKS = frozenset(
    {"isin", "between", "startswith", "endswith", "contains", "isna", "notna", "duplicated"}
)
_JOINS = {"left": "inner", "right": "inner", "inner": "outer", "outer": "inner"}


def _changes(node: ast.AST) -> Iterator[Change]:
    """Functions that turn a copy of this node into one with a mistake."""
    for kind, rule in _RULES:
        if isinstance(node, kind):
            yield from rule(node)


def _compare(node: ast.Compare) -> Iterator[Change]:
    for place, op in enumerate(node.ops):
        for other in _COMPARISONS.get(type(op), ()):
            yield _setting(lambda n, p=place, o=other: n.ops.__setitem__(p, o()))


def _bool_op(node: ast.BoolOp) -> Iterator[Change]:
    swapped = ast.Or if isinstance(node.op, ast.And) else ast.And
    yield _setting(lambda n: setattr(n, "op", swapped()))
    for place in range(len(node.values)):
        if len(node.values) > 1:
            yield lambda n, p=place: _without_value(n, p)  # type: ignore[misc]


def _without_value(node: ast.AST, place: int) -> ast.AST:
    assert isinstance(node, ast.BoolOp)
    rest = [value for index, value in enumerate(node.values) if index != place]
    return rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _bin_op(node: ast.BinOp) -> Iterator[Change]:
    other = _OPERATORS.get(type(node.op))
    if other is not None and not _is_text(node.left) and not _is_text(node.right):
        yield _setting(lambda n: setattr(n, "op", other()))
    if isinstance(node.op, ast.BitAnd | ast.BitOr | ast.Sub):  # a filter, a set or a correction
        yield lambda n: n.left  # type: ignore[attr-defined]
        yield lambda n: n.right  # type: ignore[attr-defined]


def _unary_op(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not | ast.Invert | ast.USub):
        yield lambda n: n.operand  # type: ignore[attr-defined]


def _condition(node: ast.If | ast.IfExp | ast.While) -> Iterator[Change]:
    if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):  # these turn themselves
        yield _setting(lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test)))
    if isinstance(node, ast.If) and not node.orelse:
        yield _setting(lambda n: setattr(n, "test", ast.Constant(value=False)))
        yield _setting(lambda n: setattr(n, "test", ast.Constant(value=True)))


def _comprehension(
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
) -> Iterator[Change]:
    for place, part in enumerate(node.generators):
        for condition in range(len(part.ifs)):
            yield _setting(lambda n, p=place, c=condition: n.generators[p].ifs.pop(c))


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield lambda _: ast.Constant(value=not value)
    elif isinstance(value, int | float):
        yield lambda _: ast.Constant(value=value + 1)
        yield lambda _: ast.Constant(value=value - 1)
    elif isinstance(value, str):
        yield lambda _: ast.Constant(value=_JOINS.get(value, f"{value}X"))


def _subscript(node: ast.Subscript) -> Iterator[Change]:
    yield from _turned_mask(node, "slice")


def _turned_mask(node: ast.AST, part: str) -> Iterator[Change]:
    given = getattr(node, part)
    is_call = isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute)
    if is_call and given.func.attr in _MASKS:
        yield _setting(lambda n: setattr(n, part, ast.UnaryOp(ast.Invert(), getattr(n, part))))


def _operands(node: ast.BinOp) -> Iterator[Change]:
    if isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield from _turned_mask(node, "left")
        yield from _turned_mask(node, "right")


def _slice(node: ast.Slice) -> Iterator[Change]:
    for part in ("lower", "upper"):
        given = getattr(node, part)
        if given is not None:
            yield _setting(lambda n, p=part: setattr(n, p, None))
            if not isinstance(given, ast.Constant):
                yield from _one_off(part)


def _one_off(part: str) -> Iterator[Change]:
    for op in (ast.Add, ast.Sub):
        yield _setting(
            lambda n, o=op: setattr(n, part, ast.BinOp(getattr(n, part), o(), ast.Constant(1)))
        )


def _call(node: ast.Call) -> Iterator[Change]:
    name = _called(node)
    if name in _SWAPS:
        yield _setting(lambda n: _rename(n.func, _SWAPS[name]))
    if isinstance(node.func, ast.Name) and name in _WRAPPERS and len(node.args) == 1:
        yield lambda n: n.args[0]  # type: ignore[attr-defined]
    if isinstance(node.func, ast.Attribute) and name in _STEPS:
        yield lambda n: n.func.value  # type: ignore[attr-defined]
    for place in range(len(node.keywords)):
        yield _setting(lambda n, p=place: n.keywords.pop(p))
    if name in {"range", "between"}:
        for place, argument in enumerate(node.args):
            if not isinstance(argument, ast.Constant):
                for op in (ast.Add, ast.Sub):
                    yield _setting(lambda n, p=place, o=op: _shift(n, p, o()))
    if name in {"min", "max"} and isinstance(node.func, ast.Name) and len(node.args) > 1:
        for place in range(len(node.args)):  # one of the things compared is left out
            yield _setting(lambda n, p=place: _only_others(n, p))


def _only_others(node: ast.Call, place: int) -> None:
    rest = [argument for index, argument in enumerate(node.args) if index != place]
    node.args = [ast.List(rest, ast.Load())]


def _shift(node: ast.Call, place: int, op: ast.operator) -> None:
    node.args[place] = ast.BinOp(node.args[place], op, ast.Constant(value=1))


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _rename(func: ast.expr, name: str) -> None:
    if isinstance(func, ast.Name):
        func.id = name
    elif isinstance(func, ast.Attribute):
        func.attr = name


def _aug_assign(node: ast.AugAssign) -> Iterator[Change]:
    other = _OPERATORS.get(type(node.op))
    if other is not None:
        yield _setting(lambda n: setattr(n, "op", other()))


def _statement(node: ast.Expr) -> Iterator[Change]:
    if isinstance(node.value, ast.Call):
        yield lambda _: ast.Pass()


def _jump(node: ast.Continue | ast.Break) -> Iterator[Change]:
    other = ast.Break if isinstance(node, ast.Continue) else ast.Continue
    yield lambda _: other()


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _setting(change: Callable[..., object]) -> Change:
    """A change made within a copy of the node."""

    def changed(node: ast.AST) -> ast.AST:
        other = copy.deepcopy(node)
        change(other)
        return other

    return changed


_RULES: tuple[tuple[type | tuple[type, ...], Callable[..., Iterator[Change]]], ...] = (
    (ast.Compare, _compare),
    (ast.BoolOp, _bool_op),
    (ast.BinOp, _bin_op),
    (ast.BinOp, _operands),
    (ast.UnaryOp, _unary_op),
    ((ast.If, ast.IfExp, ast.While), _condition),
    ((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), _comprehension),
    (ast.Constant, _constant),
    (ast.Subscript, _subscript),
    (ast.Slice, _slice),
    (ast.Call, _call),
    (ast.AugAssign, _aug_assign),
    (ast.Expr, _statement),
    ((ast.Continue, ast.Break), _jump),
)
