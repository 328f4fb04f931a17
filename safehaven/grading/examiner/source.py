"""What the source of a cell says about names, without running it."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Names:
    """The global names of a cell.

    Attributes:
        read: names that are read, here or in a function, and never bound at the top.
        touched: all names that are read.
        bound: names that are bound at the top.
        imports: import statements at the top, by the name that each binds.
        definitions: functions at the top that nothing decorates, and constants, by their names.
        last: names on which the value of the last expression depends; empty without one.
        is_examinable: whether the examiner's process can run it.
    """

    read: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    imports: tuple[tuple[str, str], ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    last: frozenset[str] = frozenset()
    is_examinable: bool = False


@lru_cache(maxsize=4096)
def names_of(source: str) -> Names:
    """Read the names of a cell; kept, for every submission has the same tests."""
    names = _names(source, is_examinable=True)
    if names is None:
        # A magic, a shell command or an await at the top: IPython makes Python of it.
        names = _names(_as_python(source), is_examinable=False)
    return names or Names()


def _as_python(source: str) -> str:
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return str(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _names(source: str, *, is_examinable: bool) -> Names | None:
    try:
        tree = ast.parse(source)
        table = symtable.symtable(source, "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    touched, bound = frozenset(_touched(table)), frozenset(_bound(table))
    return Names(
        read=touched - bound,
        touched=touched,
        bound=bound,
        imports=tuple(_imports(tree)),
        definitions=tuple(_definitions(tree)),
        last=_last(tree),
        is_examinable=is_examinable,
    )


def _touched(table: symtable.SymbolTable) -> Iterator[str]:
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (top or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _touched(child)


def _bound(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
            yield symbol.get_name()
    yield from _declared_global(table)


def _declared_global(table: symtable.SymbolTable) -> Iterator[str]:
    for child in table.get_children():
        for symbol in child.get_symbols():
            if symbol.is_declared_global() and symbol.is_assigned():
                yield symbol.get_name()
        yield from _declared_global(child)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Import):
            for name in node.names:
                line = ast.unparse(ast.Import([name]))
                yield name.asname or name.name.partition(".")[0], line
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module != "__future__":
            for name in node.names:
                if name.name != "*":
                    line = ast.unparse(ast.ImportFrom(node.module, [name], 0))
                    yield name.asname or name.name, line


def _definitions(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            yield node.name, ast.unparse(node)
        elif isinstance(node, ast.Assign) and _is_constant(node.value):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, ast.unparse(ast.Assign([target], node.value, lineno=1))


def _is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_constant(node.operand)
    if isinstance(node, ast.Tuple):
        return all(_is_constant(part) for part in node.elts)
    return isinstance(node, ast.Constant)


def _last(tree: ast.Module) -> frozenset[str]:
    """Names on which the last expression depends by what is assigned, in any order."""
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        return frozenset()
    made_of: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        targets, value = _assignment(node)
        for target in targets:
            for name in _names_in(target):
                made_of.setdefault(name, set()).update(_names_in(value))
    found: set[str] = set()
    left = list(_names_in(tree.body[-1]))
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += made_of.get(name, ())
    return frozenset(found)


def _assignment(node: ast.AST) -> tuple[list[ast.AST], ast.AST]:
    if isinstance(node, ast.Assign):
        return list(node.targets), node.value
    if isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr) and node.value:
        return [node.target], node.value
    if isinstance(node, ast.For | ast.comprehension):
        return [node.target], node.iter
    if isinstance(node, ast.withitem) and node.optional_vars:
        return [node.optional_vars], node.context_expr
    if isinstance(node, ast.FunctionDef):
        return [ast.Name(node.name)], ast.Module(node.body, [])
    return [], node


def _names_in(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def is_builtin(name: str) -> bool:
    """Whether Python itself binds the name."""
    return name in _BUILTINS
