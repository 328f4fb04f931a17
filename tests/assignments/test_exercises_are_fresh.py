"""The derived files in git are byte for byte what a fresh derivation gives."""

from pathlib import Path

from safehaven.assignments.answers import variants
from safehaven.assignments.checks import check
from safehaven.assignments.derive import stale
from safehaven.assignments.quizzes import write_quizzes
from safehaven.assignments.source import names, read
from safehaven.folders import find_course

COURSE = find_course(Path(__file__))


def test_exercises_are_what_a_fresh_derivation_gives(tmp_path: Path) -> None:
    write_quizzes(COURSE)  # into solutions/, where git does not keep them
    assert [str(error) for error in stale(COURSE, tmp_path)] == []


def test_every_source_and_every_answer_variant_is_sound() -> None:
    sources = [source for name in names(COURSE) for source in read(COURSE, name)]
    assert sources
    for source in sources:
        assert [str(error) for error in check(source, COURSE)] == []
        variants(source)
