import shutil
from pathlib import Path

import pytest

from safehaven.assignments.derive import derive
from safehaven.folders import MARKER, CourseFolders

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture
def course(tmp_path: Path) -> CourseFolders:
    """A course with one small exercise and the real configuration."""
    root = tmp_path / "course"
    shutil.copytree(HERE / "small_course", root)
    shutil.copyfile(ROOT / MARKER, root / MARKER)
    return CourseFolders(root)


@pytest.fixture(scope="session")
def derived_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that has been derived; making a gradebook takes nbgrader two seconds."""
    root = tmp_path_factory.mktemp("derived") / "course"
    shutil.copytree(HERE / "small_course", root)
    shutil.copyfile(ROOT / MARKER, root / MARKER)
    derive(CourseFolders(root))
    return root


@pytest.fixture
def derived(derived_once: Path, tmp_path: Path) -> CourseFolders:
    """A copy of the derived course."""
    shutil.copytree(derived_once, tmp_path / "derived")
    return CourseFolders(tmp_path / "derived")


@pytest.fixture
def source_file(course: CourseFolders) -> Path:
    return course.solutions / "ex01-small" / "ex01-small.md"
