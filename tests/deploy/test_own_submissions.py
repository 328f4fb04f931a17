"""Collecting from an exchange to which people write by hand; see deploy/jupyter/course."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from traitlets.config import Config

from safehaven.assignments.stock import find_programs
from tests.deploy.hub_machine import DEPLOY

sys.path.insert(0, str(DEPLOY / "jupyter" / "course"))
from own_submissions import SECRET, CollectOwn

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="Only root can give files to others."
)
WHEN = "2027-03-01 10:00:00.000000 UTC"
LATER = WHEN.replace("2027", "2031")
COMPLETE = {"sums.ipynb": "mine", "timestamp.txt": WHEN, "submission_secret.txt": "0a" * 64}
#: Accounts that are on each Debian system, in the place of students, and what is the matter.
HONEST, FORGER, LINKER, LINK, LARGE = "games", "man", "lp", "mail", "news"
#: What stands where nbgrader expects a time.
TIMES = {"proxy": "", "backup": "yesterday", "list": "9" * 13, "irc": "2027-03-01 10:00 99999999"}


def hand_in(exchange: Path, name: str, owner: str, files: dict[str, str], when: str = WHEN) -> Path:
    """Put a folder into the exchange, as an account that writes there itself."""
    folder = exchange / "small" / "inbound" / f"{name}+sums+{when}+abc"
    folder.mkdir()
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    own(folder, owner)
    return folder


def own(folder: Path, owner: str) -> None:
    account = pwd.getpwnam(owner)
    for path in (folder, *folder.glob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What was collected of each student, in one go."""
    exchange = tmp_path_factory.mktemp("exchange")
    (exchange / "small" / "inbound").mkdir(parents=True)
    course = exchange / "course"
    (course / "solutions").mkdir(parents=True)
    (course / "solutions" / "sums.ipynb").write_text("the solution", encoding="utf-8")

    hand_in(exchange, HONEST, HONEST, COMPLETE)
    hand_in(exchange, HONEST, FORGER, COMPLETE | {"sums.ipynb": "forged"}, LATER)
    links = hand_in(exchange, LINKER, LINKER, COMPLETE)
    (links / "link.ipynb").symlink_to(course / "solutions" / "sums.ipynb")
    (links / "folder").symlink_to(course / "solutions")
    os.mkfifo(links / "pipe")
    own(links, LINKER)
    # Linux usually forbids it on a file of another.
    os.link(course / "solutions" / "sums.ipynb", links / "hard.ipynb")
    link = exchange / "small" / "inbound" / f"{LINK}+sums+{WHEN}+abc"
    link.symlink_to(course / "solutions")
    own(link, LINK)
    os.chown(course / "solutions" / "sums.ipynb", 0, 0)
    hand_in(exchange, LARGE, LARGE, COMPLETE | {"sums.ipynb": "x" * 2000})
    for student, when in TIMES.items():
        broken = {"sums.ipynb": "x", "timestamp.txt": when, "submission_secret.txt": "\0../x"}
        hand_in(exchange, student, student, broken, when)

    config = Config()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.course_id = "small"
    config.CourseDirectory.assignment_id = "sums"
    config.CourseDirectory.max_dir_size = 1
    config.Exchange.root = str(exchange)
    find_programs()
    CollectOwn(coursedir=CourseDirectory(config=config), config=config).start()
    return {path.parent.name: path for path in (course / "submitted").glob("*/sums")}


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_nobody_is_lost(collected):
    assert set(collected) == {HONEST, FORGER, LINKER, LINK, LARGE, *TIMES}


def test_takes_what_nbgrader_submits_as_it_is(collected):
    assert contents(collected[HONEST]) == COMPLETE


def test_a_submission_is_its_owners_whatever_its_name(collected):
    assert contents(collected[HONEST])["sums.ipynb"] == "mine"
    assert contents(collected[FORGER])["sums.ipynb"] == "forged"


def test_links_lead_nowhere(collected):
    assert contents(collected[LINKER]) == COMPLETE


def test_a_link_in_the_place_of_a_submission_brings_nothing(collected):
    assert set(contents(collected[LINK])) == {"timestamp.txt", "submission_secret.txt"}


@pytest.mark.parametrize("student", TIMES)
def test_what_nbgrader_cannot_read_is_written_anew(collected, student):
    """With it, `nbgrader release_feedback` would end for the whole class."""
    found = contents(collected[student])
    assert found["sums.ipynb"] == "x"
    assert SECRET.fullmatch(found["submission_secret.txt"])
    assert parse_utc(found["timestamp.txt"])


def test_a_submission_that_is_too_large_is_left_out(collected):
    assert "sums.ipynb" not in contents(collected[LARGE])
