"""The `live` directive: a short cell of Python that a reader changes and runs in the page.

The build runs each cell too, so that a page shows what it prints without any script, and so that
a cell that breaks, or a check that can be passed without doing anything, stops the build.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from safehaven.book import live_runtime
from safehaven.book.project import project_of, report
from safehaven.book.quiz import WEBSITE
from safehaven.errors import CourseError
from safehaven.render.markup import inline_html, tag

SCRIPT = "live.js"
#: Pyodide as its makers publish it. Not below `static/`: that goes into every page and the EPUB.
PYODIDE = Path(__file__).parent / "vendor" / "pyodide"
#: Where Python lies on the website, seen from its root; a page asks for it at the first Run.
KERNEL = "_pyodide"
WORKER = Path(__file__).parent / "templates" / "live-worker.mjs"
#: What the first Run moves, compressed.
TRANSFER = "6.3 MB"
#: A day for the entries of the zip file, so that the same package gives the same file.
_DAY = (2026, 1, 1, 0, 0, 0)
#: The parts of a cell in their order; the text before the first mark says what to try.
PARTS = ("code", "change", "check", "notice")
_PART = re.compile(r"^--- (\w+)$")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True)
class Cell:
    """A live cell as its directive has it.

    Attributes:
        name: its id, unique in the course; the reader's own text is kept under it.
        title: what the cell is about.
        data: paths of the tables it reads, seen from `book/data`.
        task: one sentence that says what to try.
        code: Python that runs as it stands.
        change: lines that replace those which set the same names, and so solve the task.
        check: Python that calls `expect(condition, words)`.
        notice: what a reader can see after the change.
    """

    name: str
    title: str
    data: tuple[str, ...]
    task: str
    code: str
    change: tuple[str, ...]
    check: str
    notice: str

    @property
    def changed(self) -> str:
        """The code after the change."""
        return with_lines(self.code, self.change)


class BrokenCell(ValueError):
    """A cell that cannot be shown; the text says what is wrong and what to do."""


def read_cell(name: str, title: str, data: Sequence[str], content: Sequence[str]) -> Cell:
    """Cut the content of a directive into its parts.

    Raises:
        BrokenCell: a part is missing, unknown or out of order.
    """
    parts: dict[str, list[str]] = {"task": []}
    lines = parts["task"]
    for line in content:
        mark = _PART.match(line)
        if mark:
            lines = parts.setdefault(mark[1], [])
        else:
            lines.append(line)
    if tuple(parts) != ("task", *PARTS):
        order = ", ".join(f"--- {part}" for part in PARTS)
        raise BrokenCell(f"The parts of the cell {name} are not as asked. Remedy: write {order}.")
    text = {part: "\n".join(lines).strip("\n") for part, lines in parts.items()}
    if not all(text.values()):
        raise BrokenCell(f"A part of the cell {name} is empty. Remedy: fill it.")
    return Cell(
        name=name,
        title=title,
        data=tuple(data),
        task=" ".join(text["task"].split()),
        code=text["code"],
        change=tuple(text["change"].split("\n")),
        check=text["check"],
        notice=" ".join(text["notice"].split()),
    )


def with_lines(code: str, lines: Sequence[str]) -> str:
    """The code with some of its lines replaced.

    Each line takes the place of the one that sets the same name at the same depth.

    Raises:
        BrokenCell: no line, or more than one, sets that name.
    """
    changed = code.split("\n")
    for line in lines:
        places = [place for place, old in enumerate(changed) if _target(old) == _target(line)]
        if len(places) != 1 or not _target(line):
            raise BrokenCell(
                f"{len(places)} lines of the code fit {line!r}. Remedy: change a line `name = …`."
            )
        changed[places[0]] = line
    return "\n".join(changed)


def _target(line: str) -> str:
    return line.split(" = ", maxsplit=1)[0] if " = " in line else ""


def outputs(cell: Cell, data: Path) -> tuple[str, str]:
    """What a cell prints as it stands, and after its change.

    Args:
        cell: the cell.
        data: the folder of the course's tables.

    Raises:
        BrokenCell: the code fails, its check is passed without the change or missed with it, or
            what is to be noticed names a number that neither output shows.
    """
    for name in cell.data:
        if not (data / name).is_file():
            raise BrokenCell(f"{cell.name}: there is no table {name}. Remedy: see book/data.")
    before = live_runtime.run(cell.code, cell.check, data)
    after = live_runtime.run(cell.changed, cell.check, data)
    if before["error"] or after["error"]:
        raise BrokenCell(f"{cell.name}: {before['error'] or after['error']} Remedy: mend the code.")
    if not before["missing"]:
        raise BrokenCell(f"{cell.name}: unchanged code passes the check. Remedy: check the change.")
    if after["missing"]:
        raise BrokenCell(f"{cell.name}: the change fails: {after['missing']} Remedy: mend it.")
    shown = set(
        _NUMBER.findall(" ".join((before["output"], after["output"], cell.code, cell.changed)))
    )
    unseen = set(_NUMBER.findall(cell.notice)) - shown
    if unseen:
        numbers = ", ".join(sorted(unseen))
        raise BrokenCell(f"{cell.name}: {numbers} is in no output. Remedy: let the cell print it.")
    return before["output"].rstrip("\n"), after["output"].rstrip("\n")


# Directive and node -----------------------------------------------------------------------------


class LiveCell(nodes.General, nodes.Element):
    """Where a cell stands; its HTML is written late, as its target can use it."""


class LiveDirective(SphinxDirective):
    """```{live} name`: a cell, with the task and the parts code, change, check and notice."""

    has_content = True
    required_arguments = 1
    option_spec: ClassVar = {
        "title": directives.unchanged_required,
        "data": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Return the place of the cell; one that does not do what it says is reported."""
        data = project_of(self.env).folders.data
        try:
            cell = read_cell(
                self.arguments[0],
                self.options.get("title", self.arguments[0]),
                self.options.get("data", "").split(),
                list(self.content),
            )
            printed = outputs(cell, data)
        except BrokenCell as broken:
            raise self.error(str(broken)) from broken
        for name in cell.data:
            self.env.note_dependency(str(data / name))
        cells = self.env.metadata[self.env.docname].setdefault("live", [])
        cells.append({"name": cell.name, "data": cell.data})
        return [LiveCell("", cell=cell, printed=printed)]


def visit_live(translator: Any, node: LiveCell) -> None:
    """Write a cell into a page: one that runs on the website, one to be read in a book."""
    cell, (before, after) = node["cell"], node["printed"]
    builder = translator.builder

    def painted(code: str) -> str:
        text: str = translator.highlighter.highlight_block(code, "python", location=node)
        return text.strip().replace('class="highlight"', 'class="live-code highlight"', 1)

    shown = _shown(cell, before, after)
    if builder.name in WEBSITE:
        page = builder.get_target_uri(builder.current_docname)
        kernel = "../" * page.count("/") + KERNEL + "/"
        closed = tag("details", tag("summary", "What it prints, and one way to change it"), shown)
        text = cell_html(cell, painted(cell.code), closed, kernel)
    else:
        where = tag("p", "The website of the course runs this code, changed or not.")
        text = tag("div", *_head(cell), painted(cell.code), where, shown, class_="live-cell")
    translator.body.append(text)
    raise nodes.SkipNode


def _head(cell: Cell) -> tuple[str, str]:
    title = tag("strong", html.escape(cell.title))
    return (
        tag("p", title, class_="live-title", id=f"live-{cell.name}"),
        tag("p", inline_html(cell.task), class_="live-task"),
    )


def _shown(cell: Cell, before: str, after: str) -> str:
    """What the cell prints, one change, and what it prints then."""
    lines = "\n".join(line.strip() for line in cell.change)
    return "".join(
        (
            tag("p", "As it stands, it prints:"),
            tag("pre", html.escape(before), class_="live-printed"),
            tag("p", "With this change:"),
            tag("pre", html.escape(lines), class_="live-change"),
            tag("p", "it prints:"),
            tag("pre", html.escape(after), class_="live-printed"),
            tag("p", inline_html(cell.notice), class_="live-notice"),
        )
    )


def cell_html(cell: Cell, painted: str, shown: str, kernel: str) -> str:
    """A cell of the website as well-formed XHTML; its form stays hidden until a script runs.

    Args:
        cell: the cell.
        painted: its code as coloured HTML.
        shown: what it prints, as HTML.
        kernel: address of the folder that holds Python, seen from the page.
    """
    own = f"live-{cell.name}"
    # A script element ends at the first `</`, wherever that stands.
    data = json.dumps(
        {
            "name": cell.name,
            "code": cell.code,
            "check": cell.check,
            "data": cell.data,
            "notice": inline_html(cell.notice),
        },
        ensure_ascii=False,
    )
    data = data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    form = tag(
        "form",
        tag("label", "Code", for_=f"{own}-code"),
        tag(
            "textarea",
            id=f"{own}-code",
            rows=cell.code.count("\n") + 1,
            spellcheck="false",
            autocomplete="off",
            autocapitalize="off",
            wrap="off",
            aria_describedby=f"{own}-keys",
        ),
        tag(
            "div",
            tag("button", "Run", type="submit", class_="live-run"),
            tag("button", "Stop", type="button", class_="live-stop", hidden="hidden"),
            tag("button", "Reset", type="button", class_="live-reset", disabled="disabled"),
            tag("span", "Ctrl+Enter runs, Tab leaves the code.", id=f"{own}-keys"),
            class_="live-buttons",
        ),
        tag("p", role="status", class_="live-state"),
        tag("div", aria_live="polite", class_="live-answer"),
        class_="live-form",
        hidden="hidden",
    )
    return tag(
        "div",
        *_head(cell),
        painted,
        form,
        tag("p", class_="live-off", hidden="hidden"),
        shown,
        tag("script", data, type="application/json"),
        class_="live-cell",
        role="group",
        aria_labelledby=own,
        data_kernel=kernel,
        data_transfer=TRANSFER,
    )


# The website ------------------------------------------------------------------------------------


def add_scripts(app: Sphinx, pagename: str, _template: str, _context: Any, _doctree: Any) -> None:
    """Load the script on the pages that hold a cell, and on no other."""
    if "live" in app.env.metadata.get(pagename, {}):
        app.add_js_file(SCRIPT, loading_method="defer")


def check_names(app: Sphinx, env: BuildEnvironment) -> None:
    """Report cells of one name: they would share the reader's own text."""
    seen: dict[str, str] = {}
    for docname, metadata in sorted(env.metadata.items()):
        for cell in metadata.get("live", ()):
            if cell["name"] in seen:
                message = f"There is a live cell {cell['name']} in {seen[cell['name']]} too."
                file = Path(app.srcdir, env.doc2path(docname, base=False))
                report([CourseError(message, file=file, remedy="Give it another name.")])
            seen[cell["name"]] = docname


def write_kernel(app: Sphinx, error: Exception | None) -> None:
    """Copy Python, the worker, networkx and the tables that cells read to the website."""
    if error is not None or app.builder.name not in WEBSITE:
        return
    cells = [cell for page in app.env.metadata.values() for cell in page.get("live", ())]
    kernel = Path(app.outdir) / KERNEL
    shutil.rmtree(kernel, ignore_errors=True)
    if not cells:
        return
    kernel.mkdir()
    for file in PYODIDE.iterdir():
        if file.suffix != ".md":
            shutil.copyfile(file, kernel / file.name)
    for file in (WORKER, Path(live_runtime.__file__)):
        shutil.copyfile(file, kernel / file.name)
    pack_package(distribution("networkx"), kernel / "networkx.zip")
    data = project_of(app.env).folders.data
    for name in {name for cell in cells for name in cell["data"]}:
        target = kernel / "tables" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(data / name, target)


def pack_package(package: Distribution, target: Path) -> None:
    """Write an installed pure Python package into a zip file, without its tests.

    Args:
        package: what is installed.
        target: the zip file.
    """
    wanted: Callable[[str], bool] = lambda name: (  # noqa: E731 (used once, named for reading)
        "/tests/" not in name
        and (name.endswith(".py") or re.search(r"dist-info/(?:.*LICENSE.*|METADATA|entry_)", name))
        is not None
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(package.files or ()):
            if wanted(str(file)):
                entry = zipfile.ZipInfo(file.as_posix(), _DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, file.read_binary())


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, its node, and the files of the website with Sphinx."""
    nothing = (_skip, lambda _translator, _node: None)
    app.add_node(LiveCell, html=(visit_live, nothing[1]), latex=nothing, text=nothing)
    app.add_directive("live", LiveDirective)
    app.connect("env-check-consistency", check_names)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", write_kernel)
    app.add_css_file("live.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _skip(_translator: Any, _node: nodes.Node) -> None:
    raise nodes.SkipNode
