"""The probes: all that is promised is contained here, and each of them is able to fail."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from safehaven.grading.inside import attempts
from safehaven.grading.sandbox import NOT_CONTAINED, check


@pytest.fixture(scope="module")
def probes():
    return check(Path(__file__).parents[2])


OPEN = (
    "network",
    "abstract_sockets",
    "other_sockets",
    "other_processes",
    "signals",
    "memory_of_others",
    "home",
    "course",
    "other_submission",
    "capabilities",
    "system_calls",
    "disk",
)


@pytest.fixture(scope="module")
def open_probes():
    return dict(zip(OPEN, check(contained=False, names=OPEN), strict=True))


def test_the_sandbox_contains_what_it_promises(probes):
    assert [probe for probe in probes if probe.promised and not probe.contained] == []
    assert len(probes) == len(attempts.ATTEMPTS)


def test_what_it_does_not_contain_is_said(probes):
    known = {probe.name for probe in probes if not probe.contained}
    assert known == {"names of Python's folders", "load of the machine"}
    assert all(not probe.promised for probe in probes if probe.name in known)
    assert len(NOT_CONTAINED) >= 3


def test_what_ended_an_attempt_is_said(probes):
    said = {probe.name: probe.detail for probe in probes}
    assert "memory" in said["memory of all processes"]
    assert "over its limit: time" in said["time"]
    assert "over its limit: cpu" in said["processor time"]
    assert "MemoryError" in said["memory of one process"]
    assert "No space left" in said["disk space"]


@pytest.mark.parametrize("name", OPEN)
def test_without_a_sandbox_an_attempt_gets_through(open_probes, name):
    assert not open_probes[name].contained, open_probes[name].detail


class TestAttempts:
    """Those whose success cannot be shown by a kernel alone, made where they must succeed."""

    def test_writing_finds_what_can_be_written(self, tmp_path):
        (tmp_path / "open").mkdir()
        assert str(tmp_path / "open") in attempts.writing({"places": [str(tmp_path / "open")]})
        assert attempts.writing({"places": ["/proc"]}) == ""
        assert list((tmp_path / "open").iterdir()) == []

    def test_environment_finds_a_value(self, monkeypatch):
        monkeypatch.setenv("SECRET", "a token")
        assert attempts.environment({"token": "a token"})
        assert not attempts.environment({"token": "another"})

    def test_course_knows_what_may_be_seen(self, tmp_path):
        (tmp_path / ".venv").mkdir()
        given = {"course": {str(tmp_path): [".venv"]}}
        assert attempts.course(given) == ""
        (tmp_path / "gradebook.db").touch()
        assert "gradebook.db" in attempts.course(given)

    @pytest.mark.parametrize(
        ("name", "limits"),
        [
            ("memory", {"memory_bytes": 1024}),
            ("file_size", {"file_bytes": 1024}),
            ("open_files", {"open_files": 4}),
            ("cpu", {"cpu_seconds": 0.01}),
            ("wall", {"notebook_seconds": -0.99}),
            ("processes", {"processes": 0}),
        ],
    )
    def test_a_limit_that_is_not_there_is_passed(self, name, limits, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert attempts.ATTEMPTS[name]({"limits": limits})

    def test_a_refusal_is_reported_with_its_reason(self, capsys):
        with socket.socket(socket.AF_UNIX) as unused:
            unused.bind(f"\0{os.getpid()} unused")
            attempts.report("abstract_sockets", {"abstract": f"{os.getpid()} unused"})
        assert "ConnectionRefusedError" in capsys.readouterr().out
