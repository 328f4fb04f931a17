"""The Sphinx extension of the course: quizzes, claims, figures, checks and generated pages."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from safehaven.book.build import machinery
from safehaven.book.charts import ChartDirective
from safehaven.book.checks import check_whole
from safehaven.book.citations import check_citations
from safehaven.book.exercise_pages import add_exercise_extras, write_downloads
from safehaven.book.lesson_head import add_lesson_head
from safehaven.book.network import TiesNetworkDirective
from safehaven.book.pages import GeneratedDirective
from safehaven.book.project import Project, project_of, report
from safehaven.book.verdicts import ClaimsDirective, VerdictRole
from safehaven.lessons import lesson_files
from safehaven.style import check_style

STATIC = Path(__file__).parent / "static"
#: Parts of this extension that register what they need themselves.
PARTS = (
    "quiz",
    "live",
    "review",
    "course_map",
    "progress",
    "cite",
    "finding",
    "light",
    "accessible",
    "offline",
    "epub",
)
#: The rooms whose code decides what stands in a page.
ROOMS = ("bank", "render", "assignments", "book")


def code_version() -> str:
    """A hash over the code that writes the pages: where it changes, they are all written anew."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    rooms = (file for room in ROOMS for file in (package / room).rglob("*.py"))
    for file in sorted([*package.glob("*.py"), *rooms]):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def load_project(app: Sphinx) -> None:
    """Read the course once, so that everything wrong with it is said before pages are built."""
    app.safehaven_project = Project(Path(app.srcdir))  # type: ignore[attr-defined]
    app.config.html_static_path.append(str(STATIC))


def check_project(_app: Sphinx, env: Any, _docnames: Any) -> None:
    """Report what the lessons, the bank, the claims and the citations have wrong."""
    project = project_of(env)
    _ = project.lessons, project.practice, project.claims
    report(check_citations(lesson_files(project.folders.book), project.bibliography))
    report(check_whole(project))
    report(finding.error for finding in check_style(project.folders) if finding.hard)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives, the role, the events and the static files with Sphinx."""
    app.add_config_value("safehaven_code", code_version(), "env", types=(str,))
    app.add_directive("chart", ChartDirective)
    app.add_directive("claims", ClaimsDirective)
    app.add_directive("generated", GeneratedDirective)
    app.add_directive("ties-network", TiesNetworkDirective)
    app.add_role("verdict", VerdictRole())
    app.connect("builder-inited", load_project)
    app.connect("env-before-read-docs", check_project)
    # Before the collectors of Sphinx, so that what is added stands in the table of contents too.
    app.connect("doctree-read", add_lesson_head, priority=100)
    app.connect("doctree-read", add_exercise_extras, priority=100)
    app.connect("build-finished", write_downloads)
    for part in PARTS:
        app.setup_extension(f"safehaven.book.{part}")
    app.add_css_file("course.css")
    app.add_css_file("quiz.css")
    app.add_js_file("quiz.js", loading_method="defer")
    app.add_js_file("timeline.js", loading_method="defer")
    return {
        "version": "1",
        "env_version": machinery(),  # pages read by another version of this package are read anew
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
