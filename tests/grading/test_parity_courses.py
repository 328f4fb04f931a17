"""On courses that are not this one, every grade equals stock nbgrader's."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from safehaven.assignments.stock import find_programs, nbgrader_api
from safehaven.folders import MARKER, CourseFolders
from safehaven.grading.run import grade
from tests.grading.parity.build import FIXTURES, hand_in_all, read, write_source
from tests.grading.parity.stock import autograde, grades

#: An assignment each: NumPy with a helper module and files (after a course at Berkeley);
#: functions, chance, printing and partial credit in two notebooks (after courses on finance and
#: on programming); classes and tests that call tests (after a course on machine learning); tables
#: (after a course on data science).
ASSIGNMENTS = ("arrays", "fundamentals", "objects", "survey", "oddities")

#: Checks that ask for nothing but the names that were handed out.
ALWAYS = {"looks-globals", "helper"}


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> CourseFolders:
    """All submissions of all assignments, graded by stock nbgrader."""
    course = CourseFolders(tmp_path_factory.mktemp("stock"))
    (course.root / MARKER).write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'other'\n", encoding="utf-8"
    )
    api = nbgrader_api(course)
    work = []
    for name in ASSIGNMENTS:
        notebooks = write_source(course, FIXTURES / name)
        result = api.generate_assignment(name)
        assert result["success"], result
        work += [(student, name) for student in hand_in_all(course, name, notebooks)]
    return graded(course, work)


def graded(course: CourseFolders, work: list[tuple[str, str]]) -> CourseFolders:
    shutil.copytree(course.root, ungraded(course).root)
    failures = autograde(course, work)
    assert not any(failures.values()), failures
    return course


def ungraded(course: CourseFolders) -> CourseFolders:
    """The same course before it was graded."""
    return CourseFolders(course.root.with_name(course.root.name + "-ours"))


def differences(course: CourseFolders, assignment: str) -> list[str]:
    """Grade with this layer, and say where a grade is another one."""
    ours = ungraded(course)
    students = sorted(path.name for path in (ours.root / "submitted").glob("*"))
    students = [s for s in students if (ours.root / "submitted" / s / assignment).is_dir()]
    assert students
    grade(ours.root, assignment)
    found = []
    for student in students:
        expected, got = grades(course, student, assignment), grades(ours, student, assignment)
        assert expected is not None
        assert got is not None, student
        assert expected.keys() == got.keys()
        found += [
            f"{student}: {'/'.join(cell)} is {got[cell]}, by stock nbgrader {expected[cell]}"
            for cell in expected
            if expected[cell] != got[cell]
        ]
    return found


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_grade_is_the_same(stock: CourseFolders, assignment: str) -> None:
    found = differences(stock, assignment)
    assert found == [], "\n".join(found)


def test_the_fixtures_tell_right_from_wrong(stock: CourseFolders) -> None:
    """Every check is passed by the solution and failed by something that is handed in."""
    for name in ASSIGNMENTS:
        right = grades(stock, f"{name}-00", name)
        others = [
            kept
            for path in (stock.root / "submitted").glob(f"{name}-*")
            if path.name != f"{name}-00" and (kept := grades(stock, path.name, name)) is not None
        ]
        assert right
        for cell, (points, waits, most) in right.items():
            if waits:
                continue
            assert points == most, cell
            assert any(other[cell][0] != most for other in others) or cell[1] in ALWAYS
        assert sum(len(w.tries) for path in (FIXTURES / name).glob("*.cells") for w in [read(path)])


# --- nbgrader's own course --------------------------------------------------------------------

SQUARES = '''def squares(n):
    """Squares from 1 to n."""
    if n < 1:
        raise ValueError("n is below 1")
    return [i * i for i in range(1, n + 1)]
'''
SUM = "def sum_of_squares(n):\n    return sum(squares(n))\n"
#: What stands in the answer cells 'squares' and 'sum_of_squares', and in two answers by hand.
HANDED_IN = {
    "right": (SQUARES, SUM, "A sum.", "x = 1"),
    "no-error": ("def squares(n):\n    return [i ** 2 for i in range(1, n + 1)]\n", SUM, "", ""),
    "formula": (SQUARES, "def sum_of_squares(n):\n    return n*(n+1)*(2*n+1)//6\n", "", ""),
    "wrong": ("def squares(n):\n    return [n ** 2]\n", "def sum_of_squares(n):\n    n\n", "", ""),
    "does-not-parse": ("def squares(n:\n    return 1\n", SUM, "", "x ="),
    "blank": (None, None, None, None),
}


@pytest.fixture(scope="module")
def quickstart(tmp_path_factory: pytest.TempPathFactory) -> CourseFolders:
    import nbformat

    find_programs()
    folder = tmp_path_factory.mktemp("quick")
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "quickstart", "course"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    course = CourseFolders(folder / "course")
    result = nbgrader_api(course).generate_assignment("ps1")
    assert result["success"], result
    cells = ("squares", "sum_of_squares", "sum_of_squares_equation", "sum_of_squares_application")
    for student, answers in HANDED_IN.items():
        target = course.root / "submitted" / student / "ps1"
        shutil.copytree(course.root / "release" / "ps1", target)
        path = target / "problem1.ipynb"
        nb = nbformat.read(path, as_version=4)
        for cell in nb.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            given = dict(zip(cells, answers, strict=True)).get(name)
            cell.source = cell.source if given is None else given
        nbformat.write(nb, path)
    return graded(course, [(student, "ps1") for student in HANDED_IN])


def test_nbgraders_own_course(quickstart: CourseFolders) -> None:
    found = differences(quickstart, "ps1")
    assert found == [], "\n".join(found)
    right = grades(quickstart, "right", "ps1")
    assert right
    assert right["problem1", "sum_of_squares_uses_squares"][0] == 0.5
    formula = grades(quickstart, "formula", "ps1")
    assert formula
    assert formula["problem1", "sum_of_squares_uses_squares"][0] == 0


def test_both_notebooks_and_the_files_beside_them(quickstart: CourseFolders) -> None:
    ours = ungraded(quickstart).root / "autograded" / "right" / "ps1"
    theirs = quickstart.root / "autograded" / "right" / "ps1"
    assert Path(theirs / "jupyter.png").read_bytes() == Path(ours / "jupyter.png").read_bytes()
    assert sorted(p.name for p in theirs.iterdir()) == sorted(p.name for p in ours.iterdir())
