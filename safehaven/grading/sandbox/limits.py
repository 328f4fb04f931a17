"""What one submission may use of the machine."""

from __future__ import annotations

from dataclasses import dataclass

_MEBIBYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """Limits of one student's kernel, and of all that it starts.

    Attributes:
        cell_seconds: how long a cell may run; whoever executes cells holds to it.
        notebook_seconds: how long all cells together may run; the sandbox ends a kernel that
            lives half a minute longer than this.
        cpu_seconds: processor time of all processes together.
        memory_bytes: memory of all processes together, beyond the loaded packages that they
            share with the fork server.
        processes: processes and threads at a time.
        file_bytes: size of one file.
        disk_bytes: size of the file system in memory that holds the home folder, /tmp and
            /dev/shm.
        open_files: open file descriptors of one process.
        output_bytes: what a notebook may write to its outputs; whoever reads them cuts them off.
    """

    cell_seconds: float = 60
    notebook_seconds: float = 300
    cpu_seconds: float = 300
    memory_bytes: int = 1024 * _MEBIBYTE
    processes: int = 64
    file_bytes: int = 128 * _MEBIBYTE
    disk_bytes: int = 256 * _MEBIBYTE
    open_files: int = 256
    output_bytes: int = 4 * _MEBIBYTE
