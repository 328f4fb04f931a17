"""How much a source, and a student, may bring."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds that no honest class meets, and every archive bomb does.

    Attributes:
        entries: files in a source.
        student_entries: files of one student, those in a zip counted.
        file_bytes: one file, unpacked; as nbgrader's CourseDirectory.max_file_size.
        student_bytes: all files of one student; as nbgrader's CourseDirectory.max_dir_size.
        total_bytes: all files of a source, unpacked.
        ratio: how many times larger than packed a file may be, once it is larger than a MiB.
        depth: folders in folders.
    """

    entries: int = 100_000
    student_entries: int = 2_000
    file_bytes: int = 100 * MIB
    student_bytes: int = 100 * MIB
    total_bytes: int = 50_000 * MIB
    ratio: int = 200
    depth: int = 12
