"""How to cite a lesson, and the short address at which it can always be found.

The permanent address is `lessons/<number>.html` at the root of the site; it leads to the page of
the lesson, wherever that lies.
"""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path
from typing import Any

from docutils import nodes
from pydantic import BaseModel, ConfigDict, Field
from sphinx.application import Sphinx

from safehaven.book.project import Project, project_of
from safehaven.book.quiz import WEBSITE
from safehaven.lessons import Lesson
from safehaven.located import load
from safehaven.render.markup import tag

#: The folder of the site with one small page a lesson.
PERMANENT = "lessons"


class Author(BaseModel):
    """A person, or a group under one name, as CITATION.cff writes them."""

    model_config = ConfigDict(frozen=True)

    name: str = ""
    given: str = Field(default="", alias="given-names")
    family: str = Field(default="", alias="family-names")

    def __str__(self) -> str:
        """The name as it is printed."""
        return self.name or f"{self.given} {self.family}".strip()


class Work(BaseModel):
    """What the citations need of CITATION.cff."""

    model_config = ConfigDict(frozen=True)

    title: str
    authors: list[Author] = Field(min_length=1)
    version: str
    released: date = Field(alias="date-released")

    @property
    def by(self) -> str:
        """The authors, joined by 'and'."""
        return " and ".join(map(str, self.authors))


def read_work(file: Path) -> Work:
    """Read the course's own CITATION.cff.

    Raises:
        CourseError: the file cannot be read as YAML.
        CourseErrors: a field is missing or has another form.
    """
    remedy = "See citation-file-format.github.io for what the file holds."
    return load(file.read_text(encoding="utf-8"), file).validate(Work, (), remedy)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def plain(work: Work, lesson: Lesson) -> str:
    """The citation in one line, without its address."""
    return (
        f"{work.by}, ‘{lesson.head.title}’, lesson {lesson.number} of {work.title}, "
        f"version {work.version}, {work.released.year}, facts checked to "
        f"{_day(lesson.head.as_of)}"
    )


def bibtex(work: Work, lesson: Lesson) -> str:
    """The citation as a BibTeX entry, without its address."""
    fields = {
        "author": f"{{{work.by}}}",
        "title": lesson.head.title,
        "booktitle": work.title,
        "chapter": str(lesson.number),
        "year": str(work.released.year),
        "note": f"Version {work.version}, facts checked to {_day(lesson.head.as_of)}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@incollection{{safehaven_lesson{lesson.number:02d},\n{lines}\n}}"


class CitePage(nodes.General, nodes.Element):
    """Where a lesson says how to cite it; written late, when its address is known."""


def add_citation(app: Sphinx, doctree: nodes.document) -> None:
    """Put the citation at the end of a lesson; other pages stay as they are."""
    lesson = _lesson_at(project_of(app.env), app.env.docname)
    if lesson is not None and _cff(project_of(app.env)).exists():
        app.env.note_dependency(str(_cff(project_of(app.env))))
        next(doctree.findall(nodes.section)).append(CitePage("", lesson=lesson.number))


def _cff(project: Project) -> Path:
    return project.folders.root / "CITATION.cff"


def _lesson_at(project: Project, docname: str) -> Lesson | None:
    source = project.folders.root / docname
    return next((le for le in project.lessons if le.file.with_suffix("") == source), None)


def cite_html(work: Work, lesson: Lesson, permanent: str) -> str:
    """The folded block with both forms and the permanent link.

    Args:
        work: the course.
        lesson: the one to cite.
        permanent: address of its permanent link, seen from its page.
    """
    link = tag("a", "Permanent link to this lesson", href=permanent, class_="permanent-link")
    return tag(
        "details",
        tag("summary", "Cite this page"),
        tag("p", html.escape(plain(work, lesson)) + ". ", link, "."),
        tag("pre", html.escape(bibtex(work, lesson)), tabindex=0, aria_label="BibTeX"),
        class_="cite-page",
    )


def visit_citation(translator: Any, node: CitePage) -> None:
    """Write the block into a page of the website; a book is cited as a whole."""
    builder = translator.builder
    if builder.name in WEBSITE:
        project = project_of(builder.env)
        lesson = next(le for le in project.lessons if le.number == node["lesson"])
        up = "../" * builder.get_target_uri(builder.current_docname).count("/")
        address = f"{up}{PERMANENT}/{lesson.number}.html"
        translator.body.append(cite_html(read_work(_cff(project)), lesson, address))
    raise nodes.SkipNode


def write_permanent(app: Sphinx, error: Exception | None) -> None:
    """Write one page a lesson that leads to it."""
    if error is not None or app.builder.name not in WEBSITE:
        return
    folder = Path(app.outdir) / PERMANENT
    folder.mkdir(exist_ok=True)
    for lesson in project_of(app.env).lessons:
        docname = lesson.file.relative_to(app.srcdir).with_suffix("").as_posix()
        address = f"../{app.builder.get_target_uri(docname)}"
        (folder / f"{lesson.number}.html").write_text(_leading_to(lesson, address), "utf-8")


def _leading_to(lesson: Lesson, address: str) -> str:
    title = html.escape(f"Lesson {lesson.number}: {lesson.head.title}")
    target = html.escape(address)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f'<link rel="canonical" href="{target}">\n</head>\n'
        f'<body><p><a href="{target}">{title}</a></p></body>\n</html>\n'
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the node and the pages of the permanent links with Sphinx."""
    skip = (_skip, lambda _translator, _node: None)
    app.add_node(CitePage, html=(visit_citation, skip[1]), latex=skip, text=skip)
    app.connect("doctree-read", add_citation, priority=120)
    app.connect("build-finished", write_permanent)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _skip(_translator: Any, _node: nodes.Node) -> None:
    raise nodes.SkipNode
