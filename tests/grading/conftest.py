import shutil
from pathlib import Path

import pytest

from safehaven.assignments.derive import derive
from safehaven.folders import MARKER, CourseFolders

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "assignments" / "small_course"


@pytest.fixture(scope="session")
def small_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small") / "course"
    shutil.copytree(SMALL, root)
    shutil.copyfile(ROOT / MARKER, root / MARKER)
    derive(CourseFolders(root))
    return root


@pytest.fixture
def small(small_once: Path, tmp_path: Path) -> CourseFolders:
    """A derived course with one small exercise, four students and the real configuration."""
    shutil.copytree(small_once, tmp_path / "course")
    return CourseFolders(tmp_path / "course")


@pytest.fixture
def plan_file(small: CourseFolders) -> Path:
    return small.assessments / "demo-class.yaml"
