from __future__ import annotations

import re
from pathlib import Path

import pytest
from click import Group
from click.testing import CliRunner

from safehaven.cli import main
from safehaven.folders import find_course
from tests.mini_course import spoil

README = (find_course(Path(__file__)).root / "README.md").read_text(encoding="utf-8")


def verbs(group: Group = main, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found.append((*before, name))
        if isinstance(command, Group):
            found += verbs(command, (*before, name))
    return found


@pytest.mark.parametrize("verb", verbs(), ids=" ".join)
def test_every_verb_has_help(verb):
    result = CliRunner().invoke(main, [*verb, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()[2].strip()) > 20


def test_outside_a_course_the_remedy_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["book"])
    assert result.exit_code == 1
    assert "Remedy: Run the command inside the course folder" in result.output
    assert "Traceback" not in result.output


def test_bank_check_names_file_line_and_remedy(mini_course, monkeypatch):
    monkeypatch.chdir(mini_course.root)
    questions = mini_course.assessments / "practice" / "01-small.yaml"
    spoil(questions, "objective: L01.1", "objective: L01.9")
    result = CliRunner().invoke(main, ["bank", "check"])
    assert result.exit_code == 1
    assert "6 questions" in result.output
    assert re.search(r"01-small\.yaml:4: L01\.p01: the lesson has no objective", result.output)


def test_style_fails_on_a_hard_rule_only(mini_course, monkeypatch):
    monkeypatch.chdir(mini_course.root)
    assert CliRunner().invoke(main, ["style"]).exit_code == 0
    spoil(mini_course.book / "history" / "1-small.md", "Whether it is so.", "A legendary man.")
    result = CliRunner().invoke(main, ["style"])
    assert result.exit_code == 1
    assert "1 to mend" in result.output


def test_schema_names_every_kind():
    result = CliRunner().invoke(main, ["bank", "schema"])
    for kind in ("single", "multiple", "numeric", "ordering", "matching", "text"):
        assert f'"const": "{kind}"' in result.output


def test_every_make_target_of_the_readme_exists():
    makefile = (find_course(Path(__file__)).root / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z-]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.M), target
