"""The bench measures, compares, and keeps what it measured."""

import json
import os
from pathlib import Path

import pytest

from safehaven.book.weight import PageWeight
from safehaven.errors import CourseError
from safehaven.folders import MARKER, CourseFolders
from safehaven.grading.bench import Bench, Measure, bench_tables, run_bench, time_builds
from safehaven.grading.tables import table


def test_grading_is_timed_beside_nbgraders_own_example(small: CourseFolders) -> None:
    results = run_bench(
        small, with_book=False, example_students=1, class_of="ex01-small", class_size=5
    )
    measures = results.measures
    example, ours, stock, safe = measures
    assert (example.count, ours.count) == (2, 4)
    assert ours.ratio == pytest.approx(ours.each / example.each)
    assert 0.05 < ours.ratio < 20
    kept = json.loads((small.build / "bench.json").read_text(encoding="utf-8"))
    assert [m["what"] for m in kept["measures"]] == [m.what for m in measures]
    assert (stock.count, safe.count, safe.peer) == (5, 5, stock.what)
    for measure in (stock, safe):
        assert measure.cpu_seconds is not None
        assert 1 < measure.cpu_seconds < 2 * measure.seconds * (os.cpu_count() or 1)
        assert measure.peak_bytes is not None
        assert 50 * 2**20 < measure.peak_bytes < 4 * 2**30
    assert str(small.root) not in json.dumps(kept)
    assert "stock nbgrader autogrades ex01-small" in bench_tables(results)


def test_an_unchanged_build_is_compared_with_a_clean_one(tmp_path: Path) -> None:
    course = CourseFolders(tmp_path / "course")
    course.root.mkdir()
    (course.root / MARKER).write_text("", encoding="utf-8")
    config = "title: A book\nauthor: Nobody\nlogo: ''\nonly_build_toc_files: true\n"
    (course.root / "_config.yml").write_text(config, encoding="utf-8")
    (course.root / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    (course.root / "index.md").write_text("# A book\n", encoding="utf-8")
    clean, again, ours = time_builds(course, tmp_path / "out")
    assert (again.peer, ours.peer) == (clean.what, again.what)
    assert ours.seconds > 0
    assert again.ratio == pytest.approx(again.seconds / clean.seconds)


def test_a_book_that_cannot_be_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="could not be built"):
        time_builds(CourseFolders(tmp_path), tmp_path / "out")


def test_a_measure_for_one_is_a_share_of_the_whole() -> None:
    peer = Measure("peer", 10.0, 5)
    measure = Measure("ours", 12.0, 4).against(peer)
    assert (measure.each, measure.ratio) == (3.0, 1.5)
    assert "1.50" in bench_tables(Bench((peer, measure)))


def test_the_weight_of_a_page_stands_beside_a_stock_one() -> None:
    pages = PageWeight("1-origins, this course", 71_800, 9, 0), PageWeight("stock", 851_000, 9, 2)
    shown = bench_tables(Bench((Measure("peer", 10.0, 5),), pages)).splitlines()
    assert shown[-2].split() == ["1-origins,", "this", "course", "72", "9", "0"]
    assert shown[-1].split() == ["stock", "851", "9", "2"]


def test_tables_align_numbers_and_cut_long_words() -> None:
    shown = table(("name", "points"), [("a", 1.0), ("b" * 20, 12.25)], widest=10)
    assert shown.splitlines() == [
        "name        points",
        "----------  ------",
        "a                1",
        "bbbbbbbbb…   12.25",
    ]
