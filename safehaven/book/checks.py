"""What must hold between lessons, claims, works, questions and exercises for a whole book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from safehaven.bank import load_bank
from safehaven.book.citations import cited_keys
from safehaven.book.pages.reference import read_rows
from safehaven.book.pages.teaching import objective_counts
from safehaven.book.project import Project
from safehaven.errors import CourseError, CourseErrors
from safehaven.lessons import Lesson


def check_whole(project: Project) -> Iterator[CourseError]:
    """Everything that is missing between the parts of a course."""
    yield from unplaced_claims(project)
    yield from unused_works(project)
    yield from uncovered_objectives(project)


def unplaced_claims(project: Project) -> Iterator[CourseError]:
    """Every claim of the paper stands in a lesson."""
    placed = {claim for lesson in project.lessons for claim in lesson.claim_ids}
    for claim_id in project.claims:
        if claim_id not in placed:
            yield CourseError(
                f"The claim {claim_id} stands in no lesson.",
                file=project.folders.data / "facts" / "claims.csv",
                remedy="Add its id to the `claims` directive of the lesson that discusses it.",
            )


def unused_works(project: Project) -> Iterator[CourseError]:
    """Every work of the bibliography is cited by a page, a table or a question."""
    used = used_works(project)
    for key in project.bibliography.entries:
        if key not in used:
            yield CourseError(
                f"Nothing cites the work {key!r}.",
                file=project.folders.bibliography,
                remedy="Cite it, or remove it.",
            )


def used_works(project: Project) -> set[str]:
    """The keys that pages, tables and questions cite."""
    folders = project.folders
    pages = (page for page in folders.book.rglob("*.md") if "data" not in page.parts)
    used = {key for page in pages for _, key in cited_keys(page.read_text(encoding="utf-8"))}
    for file in folders.data.rglob("*.csv"):
        for row in read_rows(file):
            keys = row.get("source_keys") or row.get("source_key") or ""
            used |= {key.strip() for key in keys.split(";")}
    try:
        bank = load_bank(folders)
    except CourseErrors:
        bank = project.practice  # what is wrong with the files is reported where they are read
    return used | {source.key for question in bank for source in question.source}


def uncovered_objectives(project: Project) -> Iterator[CourseError]:
    """Every objective is practised, asked and assessed, or says why no exercise can."""
    counts = objective_counts(project)
    for lesson in project.lessons:
        for objective in lesson.head.objectives:
            count = counts.get(objective.id, Counter())
            missing = [use for use in ("practice", "graded") if not count.get(use)]
            if missing:
                message = f"{objective.id} has no {' and no '.join(missing)} question."
                yield _at(lesson, message, "Write one in assessments/.")
            if not count.get("exercise") and not objective.no_exercise:
                remedy = "Name it at a task of an exercise, or say why none can: `no_exercise`."
                yield _at(lesson, f"{objective.id} is assessed by no exercise task.", remedy)


def _at(lesson: Lesson, message: str, remedy: str) -> CourseError:
    return CourseError(message, file=lesson.file, line=1, remedy=remedy)
