"""solutions/ → exercises/, by stock nbgrader, the same bytes every time."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from safehaven.assignments.derive import derive, stale
from safehaven.assignments.notebook import cell_ids
from safehaven.assignments.source import Cell, read
from safehaven.assignments.stock import nbgrader_api
from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders

NAME = "ex01-small"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def cells(path: Path) -> dict[str, str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_student_version_holds_what_a_student_may_see(course: CourseFolders) -> None:
    lines: list[str] = []
    (done,) = derive(course, report=lines.append)
    assert done.changed
    assert lines == [f"{NAME}: derived into exercises/{NAME}"]
    made = tree(course.exercises / NAME)
    assert sorted(made) == ["data/numbers.csv", f"{NAME}.ipynb"], "no source, no answers"
    text = made[f"{NAME}.ipynb"].decode()
    for secret in ("SOLUTION", "HIDDEN", "MARK SCHEME", "who counted", "work on other rows"):
        assert secret not in text
    student = cells(course.exercises / NAME / f"{NAME}.ipynb")
    assert "raise NotImplementedError()" in student["task-1"]
    assert student["judgement"] == "YOUR ANSWER HERE"
    assert made["data/numbers.csv"] == (course.data / "small" / "numbers.csv").read_bytes()


def test_two_derivations_give_the_same_bytes(derived: CourseFolders, tmp_path: Path) -> None:
    other = CourseFolders(tmp_path / "elsewhere")
    shutil.copytree(
        derived.root, other.root, ignore=shutil.ignore_patterns("exercises", "_build", "*.db")
    )
    derive(other)
    assert tree(derived.exercises) == tree(other.exercises)
    assert stale(derived, _empty(tmp_path / "scratch")) == []


def test_nothing_of_the_machine_or_the_python_is_kept(derived: CourseFolders) -> None:
    notebook = json.loads((derived.exercises / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    assert set(notebook["metadata"]) == {"kernelspec", "language_info", "safehaven"}
    assert notebook["metadata"]["language_info"] == {"name": "python", "pygments_lexer": "ipython3"}
    assert str(derived.root) not in json.dumps(notebook)


def test_what_has_not_changed_is_left_alone(derived: CourseFolders) -> None:
    before = (derived.exercises / NAME / f"{NAME}.ipynb").stat().st_mtime_ns
    begun = time.monotonic()
    (again,) = derive(derived)
    assert not again.changed
    assert time.monotonic() - begun < 0.5
    assert (derived.exercises / NAME / f"{NAME}.ipynb").stat().st_mtime_ns == before
    (forced,) = derive(derived, force=True)
    assert forced.changed


def test_an_unchanged_course_needs_no_nbgrader(derived: CourseFolders) -> None:
    code = (
        "import sys; from pathlib import Path; from safehaven.folders import CourseFolders; "
        "from safehaven.assignments.derive import derive; "
        f"print(derive(CourseFolders(Path({str(derived.root)!r})))[0].changed, "
        "'nbgrader' in sys.modules, 'jupytext' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["False", "False", "False"]


@pytest.mark.parametrize("what", ["source", "table", "student version", "gradebook"])
def test_every_change_is_seen(derived: CourseFolders, what: str) -> None:
    if what == "source":
        edit(derived.solutions / NAME / f"{NAME}.md", "# A small exercise", "# Another name")
    elif what == "table":
        edit(derived.data / "small" / "numbers.csv", "2001,4", "2001,04")
    elif what == "student version":
        edit(derived.exercises / NAME / f"{NAME}.ipynb", "# A small", "# A bad")
    else:
        (derived.root / "gradebook.db").unlink()
    (again,) = derive(derived)
    assert again.changed
    if what == "table":
        assert b"2001,04" in (derived.exercises / NAME / "data" / "numbers.csv").read_bytes()
    assert not derive(derived)[0].changed


def test_a_mistake_keeps_the_old_version_and_the_rest_goes_on(derived: CourseFolders) -> None:
    before = tree(derived.exercises)
    shutil.copytree(
        derived.solutions / NAME,
        derived.solutions / "ex02-other",
        ignore=shutil.ignore_patterns("*.ipynb", "data"),
    )
    (derived.solutions / "ex02-other" / f"{NAME}.md").rename(
        derived.solutions / "ex02-other" / "ex02-other.md"
    )
    edit(derived.solutions / NAME / f"{NAME}.md", "[small/numbers.csv]", "[small/none.csv]")
    with pytest.raises(CourseErrors) as found:
        derive(derived)
    assert sorted(error.line or 0 for error in found.value.errors) == [9, 19], (
        "where it is declared, and where it is used"
    )
    assert {k: v for k, v in tree(derived.exercises).items() if k.startswith(NAME)} == before
    assert (derived.exercises / "ex02-other" / "ex02-other.ipynb").is_file()


def test_cells_cannot_change_under_submissions(derived: CourseFolders) -> None:
    before = tree(derived.exercises)
    with nbgrader_api(derived).gradebook as gradebook:
        gradebook.add_student("student-01")
        gradebook.add_submission(NAME, "student-01")
    edit(derived.solutions / NAME / f"{NAME}.md", "grade_id: task-1-b", "grade_id: task-1-c")
    with pytest.raises(CourseErrors) as found:
        derive(derived)
    (error,) = found.value.errors
    assert "there are submissions associated with it" in error.message
    assert "another name" in error.remedy
    assert tree(derived.exercises) == before


def test_an_edited_notebook_is_not_overwritten(derived: CourseFolders) -> None:
    notebook = derived.solutions / NAME / f"{NAME}.ipynb"
    edit(notebook, "# A small exercise", "# Edited in JupyterLab")
    later = time.time() + 5
    os.utime(notebook, (later, later))
    with pytest.raises(CourseErrors) as found:
        derive(derived)
    (error,) = found.value.errors
    assert error.file == notebook
    assert "jupytext --sync" in error.remedy
    # The remedy works: jupytext brings the edit back into the Markdown, and nothing is lost.
    jupytext = Path(sysconfig.get_path("scripts")) / "jupytext"
    subprocess.run(
        [jupytext, "--sync", notebook.name], cwd=notebook.parent, capture_output=True, check=True
    )
    text = (derived.solutions / NAME / f"{NAME}.md").read_text(encoding="utf-8")
    assert "# Edited in JupyterLab" in text
    assert "jupytext_version" not in text
    (source,) = read(derived, NAME)
    assert source.about is not None
    assert source.about.tasks["task-1"] == "L01.1"
    assert source.maximum == 7
    derive(derived)
    assert "# Edited in JupyterLab" in "".join(
        cells(derived.exercises / NAME / f"{NAME}.ipynb").values()
    )


def test_a_notebook_that_was_only_run_is_no_edit(derived: CourseFolders) -> None:
    notebook = derived.solutions / NAME / f"{NAME}.ipynb"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["cells"][1]["execution_count"] = 1
    content["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["x"]}]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    derive(derived)
    assert b'"execution_count": 1' not in notebook.read_bytes()


def test_a_newer_source_replaces_an_older_notebook(derived: CourseFolders) -> None:
    shutil.rmtree(derived.build)  # as after a clean
    old = time.time() - 100
    os.utime(derived.solutions / NAME / f"{NAME}.ipynb", (old, old))
    edit(derived.solutions / NAME / f"{NAME}.md", "# A small exercise", "# Another name")
    derive(derived)
    assert b"# Another name" in (derived.solutions / NAME / f"{NAME}.ipynb").read_bytes()


def test_a_table_that_is_declared_no_more_goes_and_a_foreign_file_stays(
    derived: CourseFolders,
) -> None:
    source = derived.solutions / NAME / f"{NAME}.md"
    (derived.data / "small" / "years.csv").write_text("year\n2001\n", encoding="utf-8")
    edit(source, "[small/numbers.csv]", "[small/numbers.csv, small/years.csv]")
    derive(derived)
    assert (derived.exercises / NAME / "data" / "years.csv").is_file()
    edit(source, "[small/numbers.csv, small/years.csv]", "[small/numbers.csv]")
    derive(derived)
    assert not (derived.exercises / NAME / "data" / "years.csv").exists()
    foreign = derived.solutions / NAME / "data" / "notes.csv"
    foreign.write_text("mine\n", encoding="utf-8")
    with pytest.raises(CourseErrors, match="not declared"):
        derive(derived)
    assert foreign.is_file()


def test_a_folder_with_a_notebook_alone_is_taken_as_it_is(derived: CourseFolders) -> None:
    quiz = derived.solutions / "quiz-01"
    quiz.mkdir()
    rendered = (derived.solutions / NAME / f"{NAME}.ipynb").read_bytes()
    (quiz / "quiz-01.ipynb").write_bytes(rendered)
    derive(derived, ["quiz-01"])
    assert (quiz / "quiz-01.ipynb").read_bytes() == rendered
    assert not (quiz / "data").exists()
    student = cells(derived.exercises / "quiz-01" / "quiz-01.ipynb")
    assert student == cells(derived.exercises / NAME / f"{NAME}.ipynb")
    assert not derive(derived, ["quiz-01"])[0].changed


def test_a_name_that_does_not_exist_is_refused(course: CourseFolders) -> None:
    with pytest.raises(CourseErrors, match="'ex99' has no source"):
        derive(course, ["ex99"])


def test_what_differs_from_a_fresh_derivation_is_named(
    derived: CourseFolders, tmp_path: Path
) -> None:
    made = derived.exercises / NAME
    edit(made / f"{NAME}.ipynb", "# A small exercise", "# Changed by hand")
    (made / "data" / "numbers.csv").unlink()
    (made / "extra.txt").write_text("x", encoding="utf-8")
    (derived.exercises / "gone").mkdir()
    found = {
        (error.file.relative_to(derived.exercises).as_posix(), error.message)
        for error in stale(derived, _empty(tmp_path / "scratch"))
    }
    assert found == {
        (f"{NAME}/{NAME}.ipynb", "A fresh derivation differs from this file."),
        (f"{NAME}/data/numbers.csv", "A fresh derivation gives this file too."),
        (f"{NAME}/extra.txt", "A fresh derivation does not give this file."),
        ("gone", "Nothing in solutions/ leads to this folder."),
    }


def test_ids_follow_from_the_grade_id_or_the_place() -> None:
    def cell(grade_id: str | None) -> Cell:
        return Cell("code", "", {"nbgrader": {"grade_id": grade_id}} if grade_id else {}, 1, 1)

    ids = cell_ids([cell(None), cell("task-1"), cell("cell-04"), cell(None), cell("x" * 80)])
    assert ids == ["cell-01", "task-1", "cell-04", "cell-04-x", "x" * 64]


def test_a_course_error_of_nbgrader_is_put_in_words(course: CourseFolders) -> None:
    edit(
        course.root / "nbgrader_config.py",
        "configure(c)",
        "configure(c)\nc.GenerateAssignment.preprocessors = ['nosuch.Thing']",
    )
    with pytest.raises((CourseErrors, CourseError), match="nosuch"):
        derive(course)


def _empty(path: Path) -> Path:
    path.mkdir()
    return path
