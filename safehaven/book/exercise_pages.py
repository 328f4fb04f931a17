"""What the book adds to an exercise: how to get it, and the worked solution on request."""

from __future__ import annotations

import html
import re
import zipfile
from collections import defaultdict
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from safehaven.assignments.answers import solution, variants
from safehaven.assignments.source import Source, read
from safehaven.book.project import project_of
from safehaven.folders import CourseFolders

#: The folder of the site that holds one zip file an exercise.
DOWNLOADS = "downloads"
#: A fixed day for the entries of a zip file, so that the same content gives the same file.
_DAY = (2026, 1, 1, 0, 0, 0)


def exercise_of(docname: str) -> str | None:
    """The name of the exercise that a page shows, or None for any other page."""
    match = re.fullmatch(r"exercises/([\w-]+)/\1", docname)
    return match[1] if match else None


def add_exercise_extras(app: Sphinx, doctree: nodes.document) -> None:
    """Put the way to get it under the title of an exercise, and the solution at its end."""
    name = exercise_of(app.env.docname)
    folders = project_of(app.env).folders
    if name is None or not (folders.solutions / name / f"{name}.md").is_file():
        return
    (source,) = read(folders, name)
    app.env.note_dependency(str(source.file))
    title = next(doctree.findall(nodes.title))
    title.parent.insert(title.parent.index(title) + 1, _how_to_get(source))
    title.parent.append(worked_solution(source))


def _how_to_get(source: Source) -> nodes.container:
    about = source.about
    assert about is not None  # an exercise of the course is written in Markdown, with its head
    objectives = ", ".join(sorted(set(about.tasks.values())))
    block = nodes.container(classes=["lesson-head"])
    facts = f"Lesson {about.lesson} · about {about.minutes} minutes · assesses {objectives}"
    block += nodes.paragraph("", facts, classes=["lesson-facts"])
    target = f"../../{DOWNLOADS}/{source.assignment}.zip"
    link = nodes.raw(
        "",
        f'<p><a class="exercise-download" href="{target}" download="">'
        f"Download the notebook with its data ({source.assignment}.zip)</a>. Unpack it, open "
        "the notebook in JupyterLab and work from the top to the bottom.</p>",
        format="html",
    )
    block += link
    return block


def worked_solution(source: Source) -> nodes.section:
    """The model answers, task by task, each folded away, with what often goes wrong."""
    section = nodes.section(ids=["worked-solution"], names=["worked solution"])
    section += nodes.title("", "Worked solution")
    section += nodes.paragraph(
        "",
        "Try each task yourself first: a solution that was only read is soon forgotten. "
        "There are other right answers; a test accepts every one that does what the task asks.",
    )
    slips = _slips(source)
    for cell in source.answers:
        section += _folded(source, cell, slips[cell])
    return section


def _folded(source: Source, cell: str, slips: list[str]) -> list[nodes.Node]:
    heading = cell.replace("-", " ").capitalize()
    text = solution(source, cell).text or ""
    opening = f'<details class="worked-solution"><summary>{html.escape(heading)}</summary>'
    found: list[nodes.Node] = [nodes.raw("", opening, format="html")]
    if source.answers[cell].kind == "code":
        found.append(nodes.literal_block(text, text, language="python"))
    else:
        found += [nodes.paragraph("", part) for part in text.split("\n\n")]
    if slips:
        found.append(nodes.paragraph("", "What often goes wrong:"))
        found.append(
            nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", s)) for s in slips))
        )
    return [*found, nodes.raw("", "</details>", format="html")]


def _slips(source: Source) -> defaultdict[str, list[str]]:
    """For each answer cell, the mistakes of its wrong variants, in words."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for (cell, _), answer in sorted(variants(source).items()):
        if answer.mistake:
            found[cell].append(answer.mistake[0].upper() + answer.mistake[1:].rstrip(".") + ".")
    return found


def write_downloads(app: Sphinx, error: Exception | None) -> None:
    """Pack each exercise that the book shows, with its data, for the reader to take along."""
    if error is not None or app.builder.format != "html":
        return
    folders = project_of(app.env).folders
    target = Path(app.outdir) / DOWNLOADS
    target.mkdir(exist_ok=True)
    for docname in app.env.found_docs:
        name = exercise_of(docname)
        if name is not None:
            pack_exercise(folders, name, target / f"{name}.zip")


def pack_exercise(folders: CourseFolders, name: str, target: Path) -> None:
    """Write one exercise as it lies in exercises/ into a zip file, in a folder of its name."""
    root = folders.exercises / name
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{name}/{file.relative_to(root).as_posix()}", _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
