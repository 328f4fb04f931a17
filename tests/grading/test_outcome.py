"""What became of a submission keeps its meaning through JSON, and shows safely."""

import json

import pytest

from safehaven.grading.outcome import STATUSES, Note, Outcome, printable, status_of

NOTE = Note("renamed", "'a.ipynb' was graded as 'ex01.ipynb'.", "ex01", "task-1")
FULL = Outcome(
    student="student-01",
    assignment="ex01",
    status="graded with notes",
    notes=(NOTE, Note("timestamp", "No date.")),
    score=2.5,
    maximum=7.0,
    late_seconds=9.0,
    needs_manual=True,
    seconds=0.25,
)


@pytest.mark.parametrize(
    "outcome",
    [FULL, Outcome('a,b "c" \udcff\x1b', "ex01", "ungradable", reason="It is empty.")],
)
def test_an_outcome_survives_json(outcome):
    assert Outcome.from_dict(json.loads(json.dumps(outcome.as_dict()))) == outcome


def test_what_a_later_version_adds_is_passed_over():
    data = FULL.as_dict()
    data["colour"] = "red"
    data["notes"][0]["line"] = 7
    assert Outcome.from_dict(data) == FULL


def test_what_an_earlier_version_did_not_know_is_empty():
    assert Outcome.from_dict({"student": "a", "assignment": "b", "status": "missing"}) == Outcome(
        "a", "b", "missing"
    )


def test_an_unknown_status_is_refused():
    with pytest.raises(ValueError, match="'lost' is no status"):
        Outcome.from_dict({"student": "a", "assignment": "b", "status": "lost"})


@pytest.mark.parametrize(
    ("notes", "reason", "status"),
    [
        ((), "", "graded"),
        ((NOTE,), "", "graded with notes"),
        ((), "It is empty.", "ungradable"),
        ((NOTE,), "It is empty.", "ungradable"),
        ((NOTE, Note("tampering", "A hook.")), "", "tampered"),
    ],
)
def test_the_status_follows_from_what_was_found(notes, reason, status):
    assert status_of(notes, reason) == status
    assert status in STATUSES


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Müller-Ωμέγα 李", "Zoë Müller-Ωμέγα 李"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("caf\udce9", r"caf\udce9"),
        ("x" * 200, "x" * 49 + "…" + "x" * 49),
        ("12345678", "12345678"),
    ],
)
def test_hostile_text_is_shown_on_one_line(text, shown):
    assert printable(text) == shown


def test_a_text_is_cut_to_its_limit():
    assert printable("12345678", 5) == "12…78"
