"""The schema that editors complete question files from: in its place, and saying what we mean."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from safehaven.bank.load import USES
from safehaven.bank.schema import schema_text
from safehaven.folders import find_course

COURSE = find_course(Path(__file__))
FILES = sorted(f for use in USES for f in (COURSE.assessments / use).glob("*.yaml"))
SCHEMA = COURSE.assessments / "question-file.schema.json"


def content(file: Path) -> dict:
    """A file as an editor reads it, in which a day is text."""
    document = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    for question in document["questions"]:
        if "as_of" in question:
            question["as_of"] = question["as_of"].isoformat()
    return document


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = YAML(typ="safe").load(SCHEMA)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_schema_in_the_tree_is_the_one_of_the_model():
    remedy = f"Remedy: safehaven bank schema > {SCHEMA.relative_to(COURSE.root)}"
    assert SCHEMA.read_text(encoding="utf-8") == schema_text() + "\n", remedy


def test_every_question_file_names_the_schema_for_the_editor():
    assert len(FILES) == 24
    for file in FILES:
        first, *_ = file.read_text(encoding="utf-8").splitlines()
        place = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / place).resolve() == SCHEMA.resolve(), file


def test_every_question_file_fits_the_schema(validator):
    for file in FILES:
        assert [error.message for error in validator.iter_errors(content(file))] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("level", "hard"), ("stem", ""), ("sourcce", []), ("id", "L1.p1"), ("kind", "essay")],
)
def test_a_mistake_does_not_fit(validator, field, value):
    document = content(FILES[0])
    document["questions"][0][field] = value
    assert not validator.is_valid(document)


def test_a_missing_feedback_does_not_fit(validator):
    document = content(FILES[0])
    matching = next(q for q in document["questions"] if q["kind"] == "matching")
    del matching["pairs"][0]["feedback"]
    assert not validator.is_valid(document)
