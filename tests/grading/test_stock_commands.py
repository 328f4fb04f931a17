"""nbgrader's own commands work in the root of a course, with the real configuration."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

from safehaven.assignments.answers import solution, submission
from safehaven.assignments.source import read
from safehaven.folders import CourseFolders


def nbgrader(course: CourseFolders, *arguments: str) -> str:
    scripts = str(Path(sys.executable).parent)
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course.root,
        env={**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_an_instructor_who_knows_nbgrader_needs_nothing_else(small: CourseFolders) -> None:
    name = "ex01-small"
    derived = {
        path.relative_to(small.exercises): path.read_bytes()
        for path in small.exercises.rglob("*")
        if path.is_file()
    }
    nbgrader(small, "generate_assignment", name, "--force")
    for path, content in derived.items():
        assert (small.exercises / path).read_bytes() == content, "the same as `safehaven derive`"
    folder = small.root / "submitted" / "student-01" / name
    shutil.copytree(small.exercises / name, folder)
    (source,) = read(small, name)
    text = submission(small, source, {"task-1": solution(source, "task-1")})
    (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    (folder / "data" / "numbers.csv").write_text("year,count\n1999,12\n", encoding="utf-8")
    nbgrader(small, "autograde", name)
    graded = small.root / "autograded" / "student-01" / name
    assert (graded / "data" / "numbers.csv").read_bytes() == (
        small.data / "small" / "numbers.csv"
    ).read_bytes(), "the course's own table, not the one handed in"
    assert not (graded / f"{name}.md").exists()
    assert not (graded / "answers").exists()
    nbgrader(small, "generate_feedback", name)
    assert (small.root / "feedback" / "student-01" / name / f"{name}.html").is_file()
    nbgrader(small, "export")
    with (small.root / "grades.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["student_id"], row["score"], row["max_score"]) == ("student-01", "2.0", "7.0")
