from __future__ import annotations

import json

import pytest

from safehaven.book.pages import PARTS, reference, teaching
from safehaven.book.project import Project
from tests.mini_course import write


@pytest.fixture
def project(mini_course):
    rows = "date,precision,title,description,actors,strand,source_title,source_url,source_keys\n"
    package = {
        "title": "Facts",
        "description": "A table.",
        "created": "2026-11-22T00:00:00Z",
        "licenses": [{"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://x.org/by"}],
        "sources": [{"title": "A publisher"}],
        "resources": [
            {
                "path": "timeline.csv",
                "description": "Events.",
                "schema": {"fields": [{"name": "date", "type": "string", "description": "Day."}]},
            }
        ],
    }
    write(
        mini_course.root,
        {
            "book/data/facts/timeline.csv": rows
            + "1994,year,An event,It was | so.,Somebody;Nobody,history,A Work,,work\n",
            "book/data/facts/people_and_groups.csv": (
                "id,name,variants,type,role,dates,status,relation_to_strands,source,source_keys\n"
                "a,A Person,A. Person,person,Clerk,1950-,,,A Work,work\n"
                "b,A Group,,armed group,Group,1990-,,,A Work,work\n"
            ),
            "book/data/facts/datapackage.json": json.dumps(package),
            "solutions/ex01-x/ex01-x.md": (
                "---\nsafehaven:\n  data:\n    - facts/timeline.csv\n"
                "  tasks:\n    task-1: L01.2\n---\n# X\n"
            ),
        },
    )
    return Project(mini_course.root)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_made(project, part):
    assert "\n".join(PARTS[part](project)).strip()


def test_glossary_offers_the_term_and_cites(project):
    lines = list(reference.glossary(project))
    assert "base rate" in lines
    assert any("{cite:p}`work`" in line for line in lines)


def test_a_bar_in_a_cell_does_not_break_the_table(project):
    (row,) = [line for line in reference.timeline(project) if "An event" in line]
    assert row.count("|") == 6
    assert "Somebody; Nobody" in row


def test_persons_stand_before_groups(project):
    text = "\n".join(reference.people(project))
    assert text.index("A Person") < text.index("A Group")


def test_catalogue_says_terms_and_use(project):
    text = "\n".join(reference.data_catalogue(project))
    assert "[CC BY 4.0](https://x.org/by)" in text
    assert "ex01-x." in text


def test_coverage_counts_questions_and_tasks(project):
    rows = [line for line in teaching.coverage(project) if line.startswith("| L01")]
    assert rows[0].endswith("| 1 | 1 | The mini course has no exercise. |")
    assert rows[1].endswith("| 1 | 1 | 1 |")


def test_key_points_are_those_of_the_lesson(project):
    assert "- One." in list(teaching.key_points(project))


def test_syllabus_links_the_lesson_and_its_exercise(project):
    text = "\n".join(teaching.syllabus(project))
    assert "[1. A small lesson](../history/1-small.md)" in text
    assert "2026-04-07" in text
