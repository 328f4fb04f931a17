"""The map of the course on the front page: strands, lessons, exercises, and the time they need.

The map is plain HTML that works without a script; static/progress.js writes into it where the
reader stands.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from safehaven.assignments.source import read
from safehaven.book.claim_strip import CLAIMS_PAGE, strip_html
from safehaven.book.lesson_head import STRAND_NAMES
from safehaven.book.light import is_site
from safehaven.book.offline import archive_name
from safehaven.book.project import Project, project_of
from safehaven.folders import CourseFolders
from safehaven.lessons import Lesson
from safehaven.render.markup import tag

CAPSTONE_PAGE = "book/capstone/assessment"


@dataclass(frozen=True)
class Exercise:
    """An exercise as the map shows it.

    Attributes:
        docname: its page.
        minutes: the time it takes, in minutes.
    """

    docname: str
    minutes: int


@dataclass(frozen=True)
class Stop:
    """One lesson of the map.

    Attributes:
        number: of the lesson.
        title: of the lesson.
        docname: its page.
        strand: the strand it belongs to.
        minutes: the time it takes with its questions, in minutes.
        questions: how many practice questions it has.
        exercise: the exercise that follows it, if there is one.
    """

    number: int
    title: str
    docname: str
    strand: str
    minutes: int
    questions: int
    exercise: Exercise | None


class CourseMap(nodes.General, nodes.Element):
    """Where the map stands. Its HTML is written late, when the addresses of pages are known."""


class CourseMapDirective(SphinxDirective):
    """```{course-map}`: the strands with their lessons and exercises."""

    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return the place of the map, with a plain list for targets that are no web page."""
        self.env.note_reread()
        self.env.metadata[self.env.docname]["progress"] = "yes"
        plain = nodes.bullet_list()
        for stop in stops(project_of(self.env)):
            words = f"Lesson {stop.number}: {stop.title} ({hours(stop.minutes)})"
            plain += nodes.list_item("", nodes.paragraph("", words))
        return [CourseMap("", plain)]


def stops(project: Project) -> list[Stop]:
    """Every lesson with its exercise, in the order of their numbers."""
    return [_stop(project, lesson) for lesson in project.lessons]


def _stop(project: Project, lesson: Lesson) -> Stop:
    docname = lesson.file.relative_to(project.folders.root).with_suffix("").as_posix()
    return Stop(
        number=lesson.number,
        title=lesson.head.title,
        docname=docname,
        strand=lesson.head.strand,
        minutes=lesson.head.minutes,
        questions=len(project.practice.of(lesson.number, "practice")),
        exercise=_exercise(project.folders, f"ex{lesson.number:02d}-*"),
    )


def _exercise(folders: CourseFolders, pattern: str) -> Exercise | None:
    """The exercise of a name, with its time; None where the course has none."""
    for folder in sorted(folders.solutions.glob(pattern)):
        if not (folder / f"{folder.name}.md").is_file():
            continue
        (source,) = read(folders, folder.name)
        if source.about is not None:
            return Exercise(f"exercises/{folder.name}/{folder.name}", source.about.minutes)
    return None


def hours(minutes: int) -> str:
    """A time as a reader says it: '55 min', '1 h 10 min', '6 h'."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} h"] * bool(whole) + [f"{rest} min"] * bool(rest or not whole)
    return " ".join(parts)


Address = Callable[[str], str]


def map_html(
    route: Sequence[Stop],
    capstone: Exercise | None,
    address: Address,
    *,
    archive: str = "",
    strip: str = "",
) -> str:
    """The whole map as well-formed XHTML.

    Args:
        route: the lessons in their order.
        capstone: the exercise that closes the course, or None.
        address: gives the address of a page, seen from the page that holds the map.
        archive: address of the course as one zip file; empty where there is none.
        strip: HTML of the strip of claims, which stands between the beginning and the strands.
    """
    if not route:
        return ""
    strands = [
        _strand(name, [stop for stop in route if stop.strand == name], address)
        for name in STRAND_NAMES
        if any(stop.strand == name for stop in route)
    ]
    return tag(
        "div",
        _begin(route[0], address, archive),
        strip,
        tag("div", *strands, class_="map-strands"),
        _capstone(capstone, address),
        _whole(route, capstone),
        class_="course-map",
    )


def _begin(first: Stop, address: Address, archive: str) -> str:
    words = f"Begin with lesson {first.number}: {html.escape(first.title)}"
    go = tag("a", words, href=address(first.docname), class_="map-go")
    return tag("div", tag("p", go), _terms_of_use(archive), class_="map-begin")


def _terms_of_use(archive: str) -> str:
    """What it costs, and how to take the course along."""
    free = "Free to read, without an account."
    if not archive:
        return tag("p", free, class_="map-free")
    size = tag("span", class_="zip-size")  # written by safehaven.book.offline
    link = tag("a", "the whole course as one file", href=archive, download="")
    offer = tag("span", f" Or take it along: {link} (zip, {size}).", class_="zip-offer")
    return tag("p", free + offer, class_="map-free")


def _strand(name: str, route: Sequence[Stop], address: Address) -> str:
    total = sum(stop.minutes + (stop.exercise.minutes if stop.exercise else 0) for stop in route)
    count = f"{len(route)} lessons" if len(route) > 1 else "1 lesson"
    return tag(
        "section",
        tag("p", html.escape(STRAND_NAMES[name]), class_="map-name", id=f"map-{name}"),
        tag("p", f"{count}, about {round(total / 60)} h with exercises", class_="map-time"),
        tag("ol", *(_entry(stop, address) for stop in route), start=route[0].number),
        class_=f"map-strand map-{name}",
        aria_labelledby=f"map-{name}",
    )


def _entry(stop: Stop, address: Address) -> str:
    title = tag("a", html.escape(stop.title), href=address(stop.docname), class_="map-lesson")
    times = f"{hours(stop.minutes)}"
    if stop.exercise:
        words = f"exercise {stop.number}"
        link = tag("a", words, href=address(stop.exercise.docname))
        own = tag("span", f"{link} {hours(stop.exercise.minutes)}", class_="map-exercise")
        times += f" · {own}"
    return tag(
        "li",
        tag("span", str(stop.number), class_="map-number", aria_hidden="true"),
        title,
        tag("span", times, class_="map-times"),
        tag("span", class_="map-where", hidden="hidden"),
        data_lesson=stop.number,
        data_questions=stop.questions,
    )


def _capstone(capstone: Exercise | None, address: Address) -> str:
    if capstone is None:
        return ""
    link = tag("a", "Capstone: an assessment of your own", href=address(CAPSTONE_PAGE))
    words = f"{link}, about {hours(capstone.minutes)}, draws the three strands together."
    return tag("p", words, class_="map-capstone")


def _whole(route: Sequence[Stop], capstone: Exercise | None) -> str:
    lessons = sum(stop.minutes for stop in route)
    exercises = sum(stop.exercise.minutes for stop in route if stop.exercise)
    last = capstone.minutes if capstone else 0
    words = (
        f"The whole course takes about {round((lessons + exercises + last) / 60)} hours: lessons "
        f"{round(lessons / 60)}, exercises {round(exercises / 60)}"
        + (f", capstone {round(last / 60)}" if last else "")
        + ". The times are estimates for a first reading."
    )
    return tag("p", words, class_="map-whole")


def visit_map(translator: Any, _node: CourseMap) -> None:
    """Write the map into a page made of HTML."""
    builder = translator.builder
    project = project_of(builder.env)

    def address(docname: str) -> str:
        uri: str = builder.get_relative_uri(builder.current_docname, docname)
        return uri

    capstone = _exercise(project.folders, "capstone")
    here = builder.get_target_uri(builder.current_docname)
    archive = relative_uri(here, archive_name(builder.app)) if is_site(builder.app) else ""
    strip = ""
    if CLAIMS_PAGE in builder.env.found_docs:
        strip = strip_html(project.claims.values(), address(CLAIMS_PAGE))
    text = map_html(stops(project), capstone, address, archive=archive, strip=strip)
    translator.body.append(text)
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and its node with Sphinx."""
    through = (lambda _translator, _node: None, lambda _translator, _node: None)
    app.add_node(CourseMap, html=(visit_map, through[1]), latex=through, text=through)
    app.add_directive("course-map", CourseMapDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
