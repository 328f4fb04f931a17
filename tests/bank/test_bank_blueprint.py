"""Every mistake in a blueprint is named with its file, its line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from safehaven.bank.blueprint import blueprint_names, load_blueprints, strand_lessons
from safehaven.errors import CourseErrors
from safehaven.folders import CourseFolders, find_course

COURSE = find_course(Path(__file__))

GOOD = """\
title: A test
points: 2
levels: {recall: 50, apply: 50}
pools:
  - strands: [history]
    use: graded
    count: 3
  - lessons: [6]
    use: practice
    count: 1
    kinds: {single: 100}
"""


def course(root: Path, text: str | bytes, name: str = "a-test") -> CourseFolders:
    for page in ("history/1-a.md", "history/2-b.md", "haqqani/6-c.md"):
        file = root / "book" / page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# A page\n", encoding="utf-8")
    file = root / "assessments" / "blueprints" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CourseFolders(root)


def mistakes(folders: CourseFolders, *names: str) -> list[str]:
    with pytest.raises(CourseErrors) as caught:
        load_blueprints(folders, names)
    for error in caught.value.errors:
        assert error.remedy
        assert "Remedy: " in str(error)
    return [f"{e.file.name}:{e.line}: {e.message}" for e in caught.value.errors]


def test_a_blueprint_says_what_is_drawn(tmp_path):
    (blueprint,) = load_blueprints(course(tmp_path, GOOD))
    assert (blueprint.name, blueprint.head.title, blueprint.head.points) == ("a-test", "A test", 2)
    assert blueprint.count == 4
    history, sixth = blueprint.pools
    assert (history.lessons, history.line) == ((1, 2), 5)
    assert history.per_lesson == {1: 2, 2: 1}
    assert (sixth.lessons, sixth.rule.use, sixth.line) == ((6,), "practice", 8)
    assert not blueprint.head.diagnostic


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("title: A test\n", "", "a-test.yaml:1: title: Field required."),
        ("points: 2", "points: 0.3", "a-test.yaml:2: points: points are whole or half"),
        ("points: 2", "points: 0", "a-test.yaml:2: points: Input should be greater than 0."),
        ("points: 2", "pionts: 2", "a-test.yaml:2: pionts: Extra inputs are not permitted."),
        ("recall: 50", "recall: 40", "a-test.yaml:3: levels: the shares add up to 90, not to 100."),
        ("recall: 50, apply: 50", "recall: 0, apply: 100", "a-test.yaml:3: levels: a share is abo"),
        ("recall: 50", "remember: 50", "a-test.yaml:3: levels.remember.[key]: Input should be"),
        ("[history]", "[geography]", "a-test.yaml:5: pools.0.strands.0: Input should be 'history'"),
        (
            "[history]",
            "[history, history]",
            "a-test.yaml:5: pools.0: a lesson or a strand stands t",
        ),
        ("[history]", "[intelligence]", "a-test.yaml:5: The strand intelligence has no lesson."),
        ("strands: [history]", "lessons: []", "a-test.yaml:5: pools.0: a pool names either less"),
        (
            "  - lessons: [6]",
            "  - lessons: [6]\n    strands: [haqqani]",
            "a-test.yaml:8: pools.1: a pool names either lessons or strands.",
        ),
        ("use: graded", "use: exam", "a-test.yaml:6: pools.0.use: Input should be 'practice' or"),
        ("count: 3", "count: 0", "a-test.yaml:7: pools.0.count: Input should be greater than or"),
        ("count: 3", "count: many", "a-test.yaml:7: pools.0.count: Input should be a valid integ"),
        ("single: 100", "essay: 100", "a-test.yaml:11: pools.1.kinds.essay.[key]: Input should"),
        (
            "    kinds: {single: 100}",
            "    levels: {recall: 100}",
            "a-test.yaml:4: pools: levels are shared out over the paper or in its pools, not both.",
        ),
        ("pools:", "pools: [", "a-test.yaml:5: This is not valid YAML"),
    ],
)
def test_each_mistake_is_named_with_its_line(tmp_path, old, new, mistake):
    assert old in GOOD
    (found,) = mistakes(course(tmp_path, GOOD.replace(old, new, 1)))
    assert found.startswith(mistake)


def test_a_blueprint_without_pools(tmp_path):
    (found,) = mistakes(course(tmp_path, "title: A test\npools: []\n"))
    assert found.startswith("a-test.yaml:2: pools: List should have at least 1 item")


def test_an_empty_file_and_one_that_is_no_text(tmp_path):
    course(tmp_path, b"", "empty")
    folders = course(tmp_path, b"title: \xff", "latin")
    empty, latin = mistakes(folders)
    assert empty.startswith("empty.yaml:1: ")
    assert latin == "latin.yaml:None: The file is not UTF-8 (invalid start byte)."


def test_all_mistakes_of_all_files_come_together(tmp_path):
    course(tmp_path, GOOD.replace("points: 2", "points: 0"))
    folders = course(tmp_path, GOOD.replace("count: 3", "count: 0"), "b-test")
    assert len(mistakes(folders)) == 2


def test_an_unknown_name_lists_the_known_ones(tmp_path):
    folders = course(tmp_path, GOOD)
    assert mistakes(folders, "b-test") == ["b-test.yaml:None: There is no blueprint 'b-test'."]
    with pytest.raises(CourseErrors, match="Use one of: a-test"):
        load_blueprints(folders, ["b-test"])


def test_a_course_without_blueprints(tmp_path):
    assert load_blueprints(CourseFolders(tmp_path)) == []
    with pytest.raises(CourseErrors, match="none is there yet"):
        load_blueprints(CourseFolders(tmp_path), ["a-test"])


def test_the_course_has_the_blueprints_it_promises():
    quizzes = [f"quiz-{n:02d}" for n in range(1, 13)]
    assert blueprint_names(COURSE) == ["diagnostic", "final", "midcourse", *quizzes]
    found = {blueprint.name: blueprint for blueprint in load_blueprints(COURSE)}
    counts = {name: blueprint.count for name, blueprint in found.items()}
    assert counts == {"diagnostic": 15, "final": 40, "midcourse": 20} | dict.fromkeys(quizzes, 10)
    for n, name in enumerate(quizzes, start=1):
        assert [pool.lessons for pool in found[name].pools] == [(n,)]
    strands = [pool.rule.strands for pool in found["final"].pools]
    assert strands == [["history"], ["haqqani"], ["intelligence"]]
    assert found["final"].head.levels
    assert {lesson for pool in found["diagnostic"].pools for lesson in pool.lessons} == set(
        range(1, 13)
    )
    assert found["diagnostic"].head.diagnostic
    assert {pool.rule.use for pool in found["diagnostic"].pools} == {"practice"}


def test_titles_of_quizzes_are_those_of_their_lessons():
    from safehaven.lessons import read_lessons

    titles = {lesson.number: lesson.head.title for lesson in read_lessons(COURSE.book)[0]}
    for n in range(1, 13):
        (blueprint,) = load_blueprints(COURSE, [f"quiz-{n:02d}"])
        assert blueprint.head.title == f"Quiz {n}: {titles[n]}"


def test_every_lesson_belongs_to_a_strand():
    strands = strand_lessons(COURSE)
    assert sorted(n for lessons in strands.values() for n in lessons) == list(range(1, 13))
