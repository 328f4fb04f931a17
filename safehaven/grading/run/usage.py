"""What a command uses of the machine, with all processes that it starts, in a sandbox or not."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

#: Seconds between two looks at the processor time, and looks between two at the memory.
_PAUSE = 0.05
_LOOKS = 10
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Usage:
    """What a command used.

    Attributes:
        seconds: on the clock.
        cpu_seconds: of processor time, of all its processes together.
        peak_bytes: the most memory that all of them held at one moment; what they share is
            counted once.
        status: its exit status.
        said: the last lines that it wrote.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    status: int
    said: str


def measure(command: Sequence[str], folder: Path, log: Path) -> Usage:
    """Run a command and watch it.

    Processes are watched while they live: those that a sandbox ends are never handed over to
    whoever started them, so that the usual accounts (`resource.getrusage`) miss them.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        log: the file that keeps what it writes.
    """
    begun = time.monotonic()
    cpu, peak = 0.0, 0
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
        looks = 0
        while process.poll() is None:
            family = list(_family(process.pid))
            cpu = max(cpu, sum(map(_cpu_seconds, family)))
            if looks % _LOOKS == 0:
                peak = max(peak, sum(map(_memory, family)))
            looks += 1
            time.sleep(_PAUSE)
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    seconds = time.monotonic() - begun
    return Usage(seconds, cpu, peak, process.returncode, "\n".join(lines[-3:]))


def _family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _family(int(child))


def _cpu_seconds(pid: int) -> float:
    """Processor time of a process and of those that it took leave of."""
    with suppress(OSError):
        # The name, in brackets, may hold anything.
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return sum(int(value) for value in fields[11:15]) / _TICK
    return 0.0


def _memory(pid: int) -> int:
    """Bytes of a process; of what it shares with others, its share."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_bytes().splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
    with suppress(OSError):
        # Where the share is not told, what is its own alone.
        fields = Path(f"/proc/{pid}/statm").read_bytes().split()
        return (int(fields[1]) - int(fields[2])) * _PAGE
    return 0
