"""The report of a run says in numbers and words what became of a class."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from safehaven.grading import report as room
from safehaven.grading.outcome import STATUSES, Note, Outcome
from safehaven.grading.report import Run, console_table, summarise, write_report
from safehaven.grading.report.advice import next_steps
from safehaven.grading.report.console import duration
from safehaven.grading.report.kinds import KINDS, kind

SCHEMA = json.loads((Path(room.__file__).parent / "grading-report.schema.json").read_text())
FALLBACK = Note("fallback", "It asks for IPython.", "ex07", "task-3-b")
OUTCOMES = (
    Outcome("ada", "ex07", "graded", score=10.0, maximum=20.0, seconds=0.3),
    Outcome(
        "bob",
        "ex07",
        "graded with notes",
        (Note("renamed", "'a' was 'b'.", "ex07"), FALLBACK, FALLBACK),
        score=15.5,
        maximum=20.0,
        late_seconds=90.0,
        needs_manual=True,
    ),
    Outcome("cy\x1b[2J", "ex07", "ungradable", reason="'ex07.ipynb' is empty."),
    Outcome(
        "dan",
        "ex07",
        "tampered",
        (Note("tampering", "A hook.", "ex07", "task-2"), FALLBACK),
        score=0.0,
        maximum=20.0,
    ),
    Outcome("eve\udcff", "ex07", "missing"),
)
RUN = Run("safehaven", "ex07", OUTCOMES, datetime(2026, 11, 22, 18, tzinfo=UTC), 12.0, 4, True, 1)


def steps(run: Run) -> str:
    return "\n".join(next_steps(run, summarise(run)))


def test_a_run_is_counted():
    summary = summarise(RUN)
    assert tuple(summary.statuses) == STATUSES
    assert set(summary.statuses.values()) == {1}
    assert summary.kinds == {"fallback": 2, "renamed": 1, "tampering": 1}
    assert next(iter(summary.kinds)) == "fallback"
    assert summary.fallbacks == {"ex07/task-3-b": 2}
    assert (summary.late, summary.manual, summary.graded_now) == (1, 1, 3)
    assert summary.per_minute == 15.0
    assert summary.mean_score == pytest.approx(8.5)
    assert summary.maximum == 20.0


def test_an_empty_run_has_no_rates():
    summary = summarise(replace(RUN, outcomes=(), resumed=0))
    assert (summary.per_minute, summary.mean_score, summary.maximum) == (None, None, None)


def test_the_file_follows_its_schema(tmp_path):
    data, page = write_report(RUN, tmp_path / "a" / "b")
    assert data.name == "grading-report.json"
    assert page.name == "index.html"
    assert sorted(path.name for path in data.parent.iterdir()) == [data.name, page.name]
    found = json.loads(data.read_bytes().decode("ascii"))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(found, SCHEMA, jsonschema.Draft202012Validator)
    assert (found["format"], found["version"]) == ("safehaven-grading-report", 1)
    assert found["finished"] == "2026-11-22T18:00:12+00:00"
    assert tuple(Outcome.from_dict(outcome) for outcome in found["outcomes"]) == OUTCOMES


def test_the_schema_names_every_field_and_status():
    data = json.loads(json.dumps(OUTCOMES[1].as_dict()))
    assert set(SCHEMA["$defs"]["outcome"]["required"]) == set(data)
    assert set(SCHEMA["$defs"]["note"]["required"]) == set(data["notes"][0])
    assert SCHEMA["$defs"]["status"]["enum"] == list(STATUSES)


def test_numbers_that_json_does_not_know_become_null(tmp_path):
    odd = replace(OUTCOMES[0], score=float("nan"), maximum=float("inf"))
    data, _ = write_report(replace(RUN, outcomes=(odd,)), tmp_path)
    (outcome,) = json.loads(data.read_text())["outcomes"]
    assert (outcome["score"], outcome["maximum"]) == (None, None)


def test_a_report_is_replaced(tmp_path):
    write_report(RUN, tmp_path)
    data, _ = write_report(replace(RUN, outcomes=OUTCOMES[:1]), tmp_path)
    assert len(json.loads(data.read_text())["outcomes"]) == 1


def test_an_instructor_is_told_what_to_do():
    text = steps(RUN)
    assert "Read the evidence on dan" in text
    assert "Send cy\\x1b[2J the reason" in text
    assert "Nothing was handed in by eve\\udcff." in text
    assert "1 submission waits in the formgrader" in text
    assert "Decide on 1 late submission." in text
    assert "safehaven feedback ex07" in text
    assert "sandbox" not in text


def test_a_run_without_sandbox_says_so_first():
    assert steps(replace(RUN, contained=False)).startswith("Student code ran outside the sandbox")


def test_of_many_students_the_first_are_named():
    many = tuple(Outcome(f"s{n:02}", "ex07", "missing") for n in range(20))
    assert steps(replace(RUN, outcomes=many)) == (
        "Nothing was handed in by s00, s01, s02, s03, s04 and 15 more."
    )
    assert "s00, s01, s02, s03, s04 and s05." in steps(replace(RUN, outcomes=many[:6]))


def test_nothing_to_do_but_the_feedback():
    assert steps(replace(RUN, outcomes=OUTCOMES[:1])) == (
        "Then write the feedback: safehaven feedback ex07"
    )


def test_the_table_of_the_terminal():
    lines = console_table(RUN).splitlines()
    assert lines[0].split() == ["student", "status", "points", "notes"]
    assert lines[2].split() == ["ada", "graded", "10", "of", "20"]
    assert "15.5 of 20 + by hand" in lines[3]
    text = "\n".join(lines)
    assert "1 graded, 1 graded with notes, 1 ungradable, 1 tampered, 1 missing" in text
    assert "3 submissions in 12.0 s, 15.0 a minute with 4 processes; 1 kept" in text
    assert "ex07/task-3-b (2)" in text
    assert "\x1b" not in text
    text.encode("utf-8")


def test_the_table_of_nobody():
    assert console_table(replace(RUN, outcomes=(), resumed=0)).startswith(
        "ex07: nothing was handed in."
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.04, "0.0 s"), (59.9, "59.9 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_times_in_words(seconds, words):
    assert duration(seconds) == words


def test_every_kind_of_note_of_preflight_has_words():
    folder = Path(room.__file__).parents[1] / "preflight"
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))

    used = set(re.findall(r'(?:Note\(|append\(\(|append\(\s*\()\s*"([a-z-]+)"', source))
    assert len(used) > 15
    assert used <= set(KINDS)
    assert kind("of-tomorrow").label == "of tomorrow"
