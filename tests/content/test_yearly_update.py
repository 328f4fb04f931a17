"""The checklist of the yearly update is followed word for word, in a course in miniature."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess

import pytest
from click.testing import CliRunner, Result

from safehaven.cli import main
from safehaven.folders import CourseFolders
from tests.mini_course import ROOT, spoil, write

PAGE = (ROOT / "book" / "instructors" / "yearly-update.md").read_text(encoding="utf-8")
BLOCKS = [
    [line.strip() for line in block.strip().splitlines()]
    for block in re.findall(r"^ *```\n(.*?)^ *```$", PAGE, re.S | re.M)
]
COMMANDS = [line for block in BLOCKS for line in block]
FRESHNESS = """kinds:
  office: {months: 3, why: It changes.}
  sanctions list: {months: 6, why: It is amended.}
lessons: {others: office, numbers: {}}
questions: {undated: office, dated: office, works: {}, ids: {}}
packages:
  copy: {whole: sanctions list}
"""


@pytest.fixture
def course(mini_course: CourseFolders, monkeypatch: pytest.MonkeyPatch) -> CourseFolders:
    """A course in miniature under git, whose facts were checked on 7 April 2026."""
    for name in ("CITATION.cff", ".gitignore"):
        shutil.copy(ROOT / name, mini_course.root)
    write(
        mini_course.root,
        {
            "book/data/freshness.yaml": FRESHNESS,
            "book/data/copy/datapackage.json": json.dumps(
                {"title": "A list", "created": "2026-04-07T00:00:00Z"}
            ),
        },
    )
    monkeypatch.chdir(mini_course.root)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Somebody")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "somebody@example.org")
    for command in ("git init", "git add --all", "git commit --message Begin"):
        run(command)
    return mini_course


def run(command: str) -> Result | str:
    """Run a command of the page; git must succeed, and `safehaven` says how it went."""
    program, *arguments = shlex.split(command)
    if program == "safehaven":
        return CliRunner().invoke(main, arguments)
    assert program == "git", command
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def result_of(command: str) -> Result:
    result = run(command)
    assert isinstance(result, Result)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def check_everything(course: CourseFolders) -> None:
    """What a person does in step 3: look, and write the day."""
    spoil(course.book / "history" / "1-small.md", "as_of: 2026-04-07", "as_of: 2027-05-20")
    spoil(course.data / "copy" / "datapackage.json", "2026-04-07", "2027-05-20")


def test_the_checklist_leads_from_stale_facts_to_a_frozen_edition(course):
    before_term, branch, due, style, bank, none_due, build, *keep, freeze = COMMANDS
    assert before_term.startswith("safehaven facts stale --kind")
    first = result_of(before_term)
    assert first.exit_code in (0, 1)
    assert re.search(r"\d+ of 8 facts are to be checked on ", first.output)

    run(branch)
    listed = result_of(due)
    assert listed.exit_code == 1
    assert re.search(r"book/history/1-small\.md +19 +Lesson 1, A small lesson", listed.output)
    assert re.search(r"A list +sanctions list +2026-04-07 +6 months +237", listed.output)
    assert "8 of 8 facts are to be checked on 1 June 2027." in listed.output

    check_everything(course)
    assert result_of(style).exit_code == 0
    assert "6 questions" in result_of(bank).output
    assert due == none_due
    fresh = result_of(none_due)
    assert fresh.exit_code == 0
    assert fresh.output == "0 of 8 facts are to be checked on 1 June 2027.\n"

    spoil(course.root / "CITATION.cff", "version: 0.1.0", "version: 0.2.0")
    built = result_of(build)
    assert built.exit_code == 0, built.output
    for command in keep:
        run(command)
    assert run("git status --short") == ""
    assert run("git describe --tags").strip() == "edition-2027-06-01"

    frozen = result_of(freeze)
    assert frozen.exit_code == 0, frozen.output
    page = course.build / "editions" / "2027-06-01" / "book" / "history" / "1-small.html"
    assert "the edition of 1 June 2027, version 0.2.0" in page.read_text("utf-8")
    assert "facts were checked to 20 May 2027" in page.read_text("utf-8")
    again = result_of(freeze)
    assert again.exit_code == 1
    assert "Remedy: Take another day." in again.output


@pytest.mark.usefixtures("course")
def test_a_bad_date_or_kind_is_refused_with_a_remedy():
    for command, said in (
        ("safehaven facts stale --on 2027-02-30", "--on: '2027-02-30' is no day. Remedy: "),
        ("safehaven facts stale --kind offices", "Remedy: Name one of: office, sanctions list."),
        ("safehaven edition tomorrow", "DATE: 'tomorrow' is no day. Remedy: "),
    ):
        result = result_of(command)
        assert result.exit_code == 1
        assert said in result.output
        assert "Traceback" not in result.output


def test_what_the_page_names_is_there():
    for name in re.findall(r"`((?:book/)?[\w-]+\.(?:yaml|bib|cff|md|json|yml))`", PAGE):
        places = [ROOT / name, *(ROOT / "book" / "data").glob(f"*/{name}")]
        assert any(place.is_file() for place in places), name
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z-]+)`", PAGE):
        assert re.search(rf"^{target}:", makefile, re.M), target
    options = {option.name for option in main.commands["edition"].params}
    assert "--current" in PAGE
    assert "current" in options
