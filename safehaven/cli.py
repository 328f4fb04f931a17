"""The `safehaven` command: one thin function a verb, no logic."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders, find_course

if TYPE_CHECKING:
    from safehaven.assignments.papers import Target
    from safehaven.bank.model import Use

T = TypeVar("T")


class Group(click.Group):
    """Shows an error in the course as one line, not as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb; leave with 1 where something a person wrote has to be mended."""
        try:
            return super().invoke(ctx)
        except (CourseError, CourseErrors) as found:
            click.echo(str(found), err=True)
            return ctx.exit(1)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="safehaven")
def main() -> None:
    """Build, teach and grade the course Safe Haven. Run it inside the course folder."""


def _step(name: str, work: Callable[[], T]) -> T:
    """Say what is being done, do it, and say how long it took."""
    click.echo(f"{name} …")
    start = time.perf_counter()
    result = work()
    click.echo(f"  {time.perf_counter() - start:.1f} s")
    return result


def _say(line: str) -> None:
    click.echo(f"  {line}")


@main.command()
@click.option("--force", is_flag=True, help="Build everything anew.")
def course(force: bool) -> None:
    """Derive notebooks and exercises, and build the book; skip what has not changed."""
    folders = find_course()
    _derive(folders, force)
    _book(folders, force)
    click.echo("\nThe book: safehaven serve (or make serve), then open the address it prints.")
    click.echo(f"The exercises: {folders.exercises.relative_to(folders.root)}/")


@main.command()
@click.option("--force", is_flag=True, help="Derive all assignments anew.")
def derive(force: bool) -> None:
    """Derive the notebooks in solutions/ and the student versions in exercises/."""
    _derive(find_course(), force)


@main.command()
@click.option("--force", is_flag=True, help="Build all pages anew.")
@click.option("--all", "everything", is_flag=True, help="Make the PDF and the EPUB too.")
def book(force: bool, everything: bool) -> None:
    """Build the site, strictly: a warning is an error."""
    folders = find_course()
    _book(folders, force)
    if everything:
        from safehaven.book.epub import NAME, folder_of
        from safehaven.book.pdf import build_pdf

        printed = _step("PDF and EPUB", lambda: build_pdf(folders, _say))
        click.echo(f"\n{printed}\n{folder_of(folders) / NAME}.epub")


@main.command()
@click.option("--port", default=8000, show_default=True, help="0 takes any free port.")
def serve(port: int) -> None:
    """Show the built book on this machine, until Ctrl+C."""
    from safehaven.book.serve import serve_site

    serve_site(find_course(), port, click.echo)


@main.command("demo-class")
def demo_class() -> None:
    """Grade 24 simulated students with stock nbgrader, and compare every score."""
    from safehaven.grading.demo import outcome_table, run_demo_class

    folders = find_course()
    _derive(folders, force=False)
    outcomes = run_demo_class(folders, report=_say)
    click.echo(outcome_table(outcomes))
    if not all(outcome.is_right for outcome in outcomes):
        sys.exit(1)


@main.command()
@click.argument("assignment")
@click.option("--student", "students", multiple=True, help="Only this one; can be repeated.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; else one for each core.")
@click.option("--cell-seconds", type=click.IntRange(min=1), help="Time that a cell may take.")
@click.option("--notebook-seconds", type=click.IntRange(min=1), help="Time for all its cells.")
@click.option("--scheduler", default="", help="Address of a Dask scheduler that sends the work on.")
@click.option("--db", default="", help="Gradebook, as a database URL; else as nbgrader_config.py.")
@click.option("--force", is_flag=True, help="Grade all anew, what has not changed too.")
@click.option(
    "--no-sandbox",
    is_flag=True,
    help="Run what students wrote with your own rights: accept the risk.",
)
def grade(
    assignment: str,
    students: tuple[str, ...],
    workers: int | None,
    cell_seconds: int | None,
    notebook_seconds: int | None,
    scheduler: str,
    db: str,
    force: bool,
    no_sandbox: bool,
) -> None:
    """Grade what was handed in for an assignment, in a sandbox; go on where a run stopped."""
    from safehaven.grading.report import console_table
    from safehaven.grading.run import grade as grade_all
    from safehaven.grading.run import on_terminal
    from safehaven.grading.sandbox import Limits

    root = find_course().root

    chosen = {"cell_seconds": cell_seconds, "notebook_seconds": notebook_seconds}
    limits = replace(Limits(), **{name: value for name, value in chosen.items() if value})
    run = grade_all(
        root,
        assignment,
        students=students or None,
        workers=workers,
        limits=limits,
        contained=not no_sandbox,
        scheduler=scheduler,
        db=db,
        force=force,
        report=on_terminal(),
    )
    click.echo(f"\n{console_table(run)}\n")
    click.echo(f"The report as a page: {root / 'grading' / assignment / 'index.html'}")


@main.command()
@click.argument("assignment")
@click.option("--student", "students", multiple=True, help="Only this one; can be repeated.")
@click.option("--db", default="", help="Gradebook, as a database URL; else as nbgrader_config.py.")
def feedback(assignment: str, students: tuple[str, ...], db: str) -> None:
    """Write what each student may read about their work, into feedback/."""
    from safehaven.grading.feedback import feedback as write_feedback

    run = write_feedback(
        find_course().root, assignment, students=students or None, db=db, report=click.echo
    )
    click.echo(str(run))
    if run.failures:
        sys.exit(1)


@main.command("class")
@click.argument("cohort")
@click.argument("assignments", nargs=-1)
def open_class(cohort: str, assignments: tuple[str, ...]) -> None:
    """Make or renew private/COHORT/: exercises, papers of its own, a gradebook."""
    from safehaven.assignments.classes import open_class as open_one

    folders = find_course()
    _derive(folders, force=False)
    made = open_one(folders, cohort, assignments or None, report=_say)
    click.echo(f"The class: {made.root}")


@main.command()
@click.argument("assignment")
@click.argument("source", metavar="ZIP|FOLDER|exchange", type=click.Path(path_type=Path))
@click.option(
    "--students",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV file that says who is who, from Canvas or Moodle.",
)
@click.option("--student-column", default="", help="Its column with the ids of the gradebook.")
@click.option("--update", is_flag=True, help="Replace earlier submissions by newer ones.")
@click.option("--db", default="", help="Gradebook, as a database URL; else as nbgrader_config.py.")
def collect(
    assignment: str,
    source: Path,
    students: Path | None,
    student_column: str,
    update: bool,
    db: str,
) -> None:
    """Bring what a class handed in to submitted/, and refuse what is no submission."""
    from safehaven.grading.collect import collect as collect_all

    collection = collect_all(
        find_course().root,
        assignment,
        "exchange" if str(source) == "exchange" else source,
        students=students,
        student_column=student_column,
        update=update,
        db=db,
        report=click.echo,
    )
    if collection.refused:
        sys.exit(1)


@main.command()
@click.argument("assignments", nargs=-1)
@click.option("--db", default="", help="Gradebook, as a database URL; else as nbgrader_config.py.")
@click.option(
    "--cut",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.6,
    show_default=True,
    help="Share of the points from which on an objective counts as mastered.",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to; else grading/class-report/.",
)
@click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The course with lessons and bank, where the class's folder does not lie inside it.",
)
def report(
    assignments: tuple[str, ...], db: str, cut: float, output: Path | None, course: Path | None
) -> None:
    """Write a report on a class: its questions, its objectives, and each student."""
    from safehaven.grading.class_report import class_report

    root = find_course().root
    target = output or root / "grading" / "class-report"
    page = class_report(
        root, assignments or None, db=db, output=target, cut=cut, course=course, report=_say
    )
    click.echo(f"The report: {page}")


@main.command()
@click.option("--students", type=click.IntRange(min=1), default=1000, show_default=True)
@click.option(
    "--target",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to work in; else _build/rehearsal.",
)
def rehearsal(students: int, target: Path | None) -> None:
    """Let a simulated class hand in, grade it, write its report, and count what is lost."""
    from safehaven.grading.rehearsal import rehearsal_table, rehearse

    folders = find_course()
    _derive(folders, force=False)
    found = rehearse(folders, target, students=students, report=_say)
    click.echo(rehearsal_table(found))
    if not found.is_right:
        sys.exit(1)


@main.group()
def sandbox() -> None:
    """The sandbox in which the code of students runs."""


@sandbox.command("check")
def sandbox_check() -> None:
    """Try on this machine what the sandbox holds back, and what it does not."""
    from safehaven.grading.sandbox import check
    from safehaven.grading.sandbox.probes import NOT_CONTAINED
    from safehaven.grading.tables import table

    found = check(find_course().root)
    rows = [
        (probe.name.replace("_", " "), _contained(probe.contained, probe.promised), probe.detail)
        for probe in found
    ]
    click.echo(table(("attempt", "contained", "what happened"), rows))
    click.echo("\nWhat no sandbox of this kind contains:")
    for words in NOT_CONTAINED:
        click.echo(f"- {words}")
    if not all(probe.contained or not probe.promised for probe in found):
        sys.exit(1)


def _contained(contained: bool, promised: bool) -> str:
    if contained:
        return "yes"
    return "NO" if promised else "no, harmless"


@main.command()
@click.option("--port", default=0, show_default=True, help="0 takes any free port.")
@click.option("--demo", is_flag=True, help="Show the demo class instead of this course.")
def formgrader(port: int, demo: bool) -> None:
    """Open nbgrader's formgrader, until Ctrl+C."""
    from safehaven.grading.demo import default_folder
    from safehaven.grading.formgrader import serve_formgrader

    folders = find_course()
    serve_formgrader(default_folder(folders) if demo else folders.root, port, click.echo)


@main.command()
def bench() -> None:
    """Measure grading and building, beside a peer in the same run."""
    from safehaven.grading.bench import bench_tables, run_bench

    folders = find_course()
    _derive(folders, force=False)
    click.echo(bench_tables(run_bench(folders, report=_say)))


@main.command()
@click.argument("exercises", nargs=-1)
def mutants(exercises: tuple[str, ...]) -> None:
    """Put small mistakes into the model answers, and count those that the tests notice."""
    from safehaven.assignments.mutants import mutant_table, run_mutants, weak

    found = run_mutants(find_course(), exercises or None, report=_say)
    click.echo(mutant_table(found))
    if weak(found):
        sys.exit(1)


@main.command()
@click.option("--all", "everything", is_flag=True, help="Show advice too, not only what fails.")
def style(everything: bool) -> None:
    """Check the words of the pages: names, terms, dates, abbreviations, reading ease."""
    from safehaven.style import check_style

    found = check_style(find_course())
    for finding in found:
        if everything and not finding.hard:
            click.echo(f"advice: {finding.error}")
    hard = [finding.error for finding in found if finding.hard]
    click.echo(f"{len(hard)} to mend, {len(found) - len(hard)} advised")
    if hard:
        raise CourseErrors(hard)


@main.group()
def bank() -> None:
    """Check the question bank, or write its schema."""


@bank.command("check")
def bank_check() -> None:
    """Check every question against the rules, and print what the bank holds."""
    from safehaven.bank.check import check_bank

    found = check_bank(find_course(), click.echo)
    if found:
        raise CourseErrors(found)


@bank.command("schema")
def bank_schema() -> None:
    """Print the JSON Schema of a question file, for an editor."""
    from safehaven.bank.schema import schema_text

    click.echo(schema_text())


@bank.command("anki")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--base", help="Address at which the book is read, for links to the lessons.")
def bank_anki(output: Path, base: str | None) -> None:
    """Write the practice questions and the terms as an Anki deck."""
    from safehaven.book.exports import export_deck

    size = export_deck(find_course(), output, base)
    click.echo(f"{size.questions} questions and {size.terms} terms in {size.decks} decks: {output}")


@main.group()
def quiz() -> None:
    """Draw quizzes and tests for a class from the blueprints."""


@quiz.command("list")
def quiz_list() -> None:
    """Name the blueprints, and what a paper of each weighs."""
    from safehaven.assignments.papers import describe_all

    for line in describe_all(find_course()):
        click.echo(line)


@quiz.command("draw")
@click.argument("blueprints", nargs=-1, required=True)
@click.option("--cohort", required=True, help="The class, such as 2027-spring.")
@click.option(
    "--to",
    "targets",
    multiple=True,
    type=click.Choice(["notebook", "qti", "moodle"]),
    default=["notebook"],
    show_default=True,
    help="Can be given more than once.",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to; else private/<cohort>/.",
)
def quiz_draw(
    blueprints: tuple[str, ...], cohort: str, targets: tuple[Target, ...], output: Path | None
) -> None:
    """Write the papers of a class: another choice for each class, of equal weight."""
    from safehaven.assignments.papers import write_papers

    for paper, path in write_papers(find_course(), blueprints, cohort, targets, output):
        click.echo(f"{paper.name}: {path}")


@quiz.command("paper")
@click.argument("what", metavar="LESSON|FILE|BLUEPRINT")
@click.option("--cohort", required=True, help="The class, such as 2027-spring.")
@click.option("--variants", default="ABCD", show_default=True, help="A letter for each.")
@click.option(
    "--use",
    type=click.Choice(["practice", "graded"]),
    default="graded",
    show_default=True,
    help="Which questions of a lesson or a file.",
)
@click.option("--output", required=True, type=click.Path(file_okay=False, path_type=Path))
def quiz_paper(what: str, cohort: str, variants: str, use: Use, output: Path) -> None:
    """Print a quiz as PDF in several variants, with the answer key apart."""
    from safehaven.book.exports import export_paper

    papers = export_paper(
        find_course(), what, use=use, cohort=cohort, variants=variants, target=output
    )
    for path in (*papers.quizzes, papers.key):
        click.echo(str(path))


@main.group()
def facts() -> None:
    """How long ago the facts of the course were checked."""


@facts.command("stale")
@click.option("--on", metavar="DATE", help="Day to reckon from, such as 2027-06-01; else today.")
@click.option("--kind", "kinds", multiple=True, help="Only this one; can be repeated.")
def facts_stale(on: str | None, kinds: tuple[str, ...]) -> None:
    """List what was checked longer ago than its kind allows; exit code 1 where there is any."""
    from safehaven.book.days import read_day
    from safehaven.book.stale import HEAD, check_facts
    from safehaven.grading.tables import table

    day = date.today() if on is None else read_day(on, "--on")
    found = check_facts(find_course(), day, kinds)
    if found.stale:
        click.echo(f"{table(HEAD, found.rows)}\n")
    click.echo(found.summary)
    if found.stale:
        sys.exit(1)


@main.command()
@click.argument("day", metavar="DATE")
@click.option(
    "--current",
    default="",
    metavar="ADDRESS",
    help="Of the current site; else baseurl of _config.yml, or two folders up.",
)
def edition(day: str, current: str) -> None:
    """Freeze the site as the edition of a day, with a banner on each page; list all editions."""
    from safehaven.book.days import read_day
    from safehaven.book.editions import freeze

    folders = find_course()
    chosen = read_day(day, "DATE")
    _book(folders, force=False)
    click.echo(f"The edition: {freeze(folders, chosen, current=current)}")


def _derive(folders: CourseFolders, force: bool) -> None:
    from safehaven.assignments.derive import derive as derive_all
    from safehaven.assignments.quizzes import write_quizzes

    def work() -> bool:
        write_quizzes(folders)
        return any(derived.changed for derived in derive_all(folders, report=_say, force=force))

    if not _step("Exercises and quizzes", work):
        click.echo("  nothing has changed")


def _book(folders: CourseFolders, force: bool) -> None:
    from safehaven.book.build import build_book

    built = _step("Book", lambda: build_book(folders, _say, force=force))
    if not built:
        click.echo("  nothing has changed")


if __name__ == "__main__":
    sys.exit(main())
