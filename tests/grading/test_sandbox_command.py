"""The command that is run and the filter that is installed, read without running them."""

from __future__ import annotations

import errno
import struct
import sys
from pathlib import Path

import pytest

from safehaven.errors import CourseError
from safehaven.grading.inside import seccomp
from safehaven.grading.sandbox import bubblewrap, job


def mounts(command: list[str]) -> list[tuple[str, str]]:
    """What is put where, in the order of the command."""
    found = []
    for place, word in enumerate(command):
        if word in ("--ro-bind-try", "--symlink", "--dev-bind"):
            found.append((word, command[place + 2]))
        elif word in ("--tmpfs", "--dir", "--remount-ro", "--proc"):
            found.append((word, command[place + 1]))
    return found


class TestCommand:
    def test_shows_python_read_only_and_no_home(self):
        said = bubblewrap.command([], hidden=[], identity=bubblewrap.ONE_USER)
        put = mounts(said)
        assert ("--ro-bind-try", sys.prefix) in put
        assert {kind for kind, _ in put} == {
            *("--ro-bind-try", "--symlink", "--dev-bind", "--tmpfs", "--dir"),
            *("--remount-ro", "--proc"),
        }
        assert "--bind" not in said
        assert str(Path.home()) not in [place for kind, place in put if kind == "--ro-bind-try"]
        assert put[-1] == ("--remount-ro", "/")

    def test_a_hidden_folder_is_emptied_before_what_it_holds_of_python_is_shown(self):
        hidden = Path(sys.prefix).parent
        put = mounts(bubblewrap.command([], hidden=[hidden], identity=bubblewrap.ONE_USER))
        emptied = put.index(("--tmpfs", str(hidden)))
        assert emptied < put.index(("--ro-bind-try", sys.prefix))
        assert ("--remount-ro", str(hidden)) in put

    def test_every_folder_above_is_made_open_to_all(self):
        shown = Path("/a/b/c")
        put = mounts(bubblewrap.command([(shown, shown)], hidden=[], identity=[]))
        assert [put.index(("--dir", folder)) for folder in ("/a", "/a/b")] < [
            put.index(("--ro-bind-try", "/a/b/c"))
        ] * 2

    @pytest.mark.parametrize("place", ["/tmp", "/submission", "/proc/self", "/dev/shm/x"])
    def test_what_lies_in_a_submissions_own_folders_cannot_be_shown(self, place):
        with pytest.raises(CourseError, match="its own files"):
            bubblewrap.command([(Path("/usr"), Path(place))], hidden=[], identity=[])

    def test_environment_is_the_same_for_everyone(self, monkeypatch):
        before = bubblewrap.environment()
        monkeypatch.setenv("API_KEY", "secret")
        monkeypatch.setenv("PYTHONPATH", "/elsewhere")
        assert bubblewrap.environment() == before
        assert "JPY_PARENT_PID" not in before


def verdict(machine: str, number: int, audit: int | None = None) -> int | None:
    """Run the filter as the kernel does: the error number, or None where it allows the call."""
    code = seccomp.program(machine)
    data = struct.pack("=II", number, audit or seccomp.MACHINES[machine][0]).ljust(64, b"\0")
    place, held = 0, 0
    while True:
        kind, yes, no, value = struct.unpack_from("=HBBI", code, 8 * place)
        place += 1
        if kind == 0x20:
            held = struct.unpack_from("=I", data, value)[0]
        elif kind == 0x15:
            place += yes if held == value else no
        elif kind == 0x35:
            place += yes if held >= value else no
        elif kind == 0x06:
            return None if value == 0x7FFF_0000 else value & 0xFFFF


class TestFilter:
    @pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
    def test_refuses_what_is_listed_and_allows_the_rest(self, machine):
        refused = seccomp.refused(machine)
        for number in refused.values():
            assert verdict(machine, number) == errno.EPERM
        assert {"memfd_create", "keyctl", "io_uring_setup", "ptrace"} <= set(refused)
        others = set(range(460)) - set(refused.values())
        assert all(verdict(machine, number) is None for number in others)

    def test_refuses_calls_of_another_machine(self):
        """32-bit calls, whose numbers mean others."""
        assert verdict("x86_64", 1, audit=0x4000_0003) == errno.EPERM
        assert verdict("x86_64", 0x4000_0001) == errno.EPERM

    def test_of_an_unknown_machine_is_none(self):
        assert seccomp.program("sparc64") is None
        assert seccomp.refused("sparc64") == {}


class TestJob:
    def test_needs_whole_pages(self, tmp_path):
        for number in range(10):
            (tmp_path / str(number)).write_bytes(b"x")
        with pytest.raises(job.TooLargeError, match="10 files need 80 KiB"):
            job.written({}, tmp_path, 1024 * 1024 + 80 * 1024 - 1)
        job.written({}, tmp_path, 1024 * 1024 + 80 * 1024).close()
