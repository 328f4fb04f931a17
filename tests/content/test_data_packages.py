"""The course's tables are what their descriptions say, and every source can be found."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from frictionless import Package
from pybtex.database import parse_file

from safehaven.folders import find_course

COURSE = find_course(Path(__file__))
PACKAGES = sorted(COURSE.data.glob("*/datapackage.json"))
TABLES = sorted(COURSE.data.glob("*/*.csv"))

#: Columns that would hold what identifies or locates a person.
PERSONAL = re.compile(
    r"birth|born|dob\b|passport|national_id|identity|document_no|street|residen|phone|e?mail|photo"
    r"|\baddress"
)

#: Hosts of copies, proxies and scrapers: a work is cited as itself or without an address.
COPIES = re.compile(
    r"cloudfront\.net|php-proxy|vdocument|docslib|dokumen|fdocuments|scribd\.com|pdfcoffee"
    r"|derechos\.org|zomaloma|stocksgeographic|faqs\.org|blogspot|wiki-gateway|owiki|eudic"
    r"|slashdot|suppr\.wild|threadreaderapp|globalresearch|vipfinancenews|newdelhitimes"
    r"|booksonline|thenewstribe|worldpress\.org"
)

#: An e-book site; not looked for in running text, where 'notebook' contains the word.
COPIES_IN_ADDRESSES = re.compile(COPIES.pattern + r"|ebook")

#: Words of somebody at work, which a reader has no use for.
WORKING_NOTES = re.compile(
    r"as (?:previous|first) row|\bsame event\b|not seen|page read|\bthe seed\b"
    r"|as cited(?! by)|read_at|(?<!\S)/(?:home|tmp|Users)/",
    re.IGNORECASE,
)


def name_of(path: Path) -> str:
    return path.relative_to(COURSE.data).as_posix()


@cache
def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def bibliography():
    return parse_file(str(COURSE.bibliography)).entries


def split_keys(cell: str) -> list[str]:
    return [key for key in cell.split(";") if key]


def test_the_course_has_its_tables():
    assert {package.parent.name for package in PACKAGES} >= {
        "designation_dates",
        "drone_strikes_pakistan",
        "estimates_over_time",
        "facts",
        "glossary",
        "ofac_sdn",
        "ucdp",
        "un_sanctions",
    }


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_a_package_is_valid(package):
    report = Package(str(package)).validate()
    problems = report.flatten(["name", "rowNumber", "fieldName", "type", "message"])
    assert not problems, "\n".join(map(str, problems[:20]))


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_a_package_says_what_it_is(package):
    described = json.loads(package.read_text("utf-8"))
    wanted = {"name", "title", "description", "licenses", "sources", "version", "created"}
    assert not wanted - described.keys()
    assert described["licenses"]
    assert described["sources"]
    paths = {resource["path"] for resource in described["resources"]}
    assert paths == {table.name for table in package.parent.glob("*.csv")}
    for resource in described["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        assert resource["schema"]["missingValues"] == [""]
        for field in resource["schema"]["fields"]:
            assert field["type"] != "any"
            assert field["description"].endswith("."), field["name"]


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_provenance_stands_beside_every_package(package):
    provenance = (package.parent / "PROVENANCE.md").read_text("utf-8")
    for topic in ("one row", "how to cite"):
        assert topic in provenance.casefold(), f"PROVENANCE.md does not say: {topic}"
    for table in package.parent.glob("*.csv"):
        count = f"{len(rows(table)):,}"
        if package.parent.name != "glossary":  # it grows with the lessons
            assert re.search(rf"\b{count}\b", provenance), f"{table.name} has {count} rows"
    assert not WORKING_NOTES.search(provenance)


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_a_table_has_no_personal_columns(table):
    assert not [column for column in rows(table)[0] if PERSONAL.search(column)]


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_every_key_is_in_the_bibliography(table):
    for number, row in enumerate(rows(table), start=2):
        for column in ("source_keys", "source_key"):
            missing = [key for key in split_keys(row.get(column, "")) if key not in bibliography()]
            assert not missing, f"{table.name}:{number}: {missing}"


@pytest.mark.parametrize("name", ["claims", "timeline", "ties", "people_and_groups"])
def test_every_fact_has_a_source(name):
    without = [row for row in rows(COURSE.data / "facts" / f"{name}.csv") if not row["source_keys"]]
    assert not without


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_every_address_is_the_publishers_own(table):
    for number, row in enumerate(rows(table), start=2):
        for column, cell in row.items():
            where = f"{table.name}:{number}: {column}"
            assert not COPIES.search(cell), where
            for address in re.findall(r"\w+://[^\s;|]+", cell):
                assert urlsplit(address).scheme in ("http", "https"), where
                assert urlsplit(address).hostname, where
                assert not COPIES_IN_ADDRESSES.search(urlsplit(address).netloc), where
            if column == "source_url" and cell:
                assert urlsplit(cell).scheme in ("http", "https"), where


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_a_table_speaks_to_its_reader(table):
    for number, row in enumerate(rows(table), start=2):
        for column, cell in row.items():
            found = WORKING_NOTES.search(cell)
            assert not found, f"{table.name}:{number}: {column}: {found and found[0]}"


def test_the_bibliography_cites_works_as_themselves():
    for key, entry in bibliography().items():
        address = entry.fields.get("url", "")
        assert "title" in entry.fields, key
        assert entry.persons.get("author") or entry.persons.get("editor"), key
        assert not address or urlsplit(address).scheme in ("http", "https"), key
        assert not COPIES_IN_ADDRESSES.search(urlsplit(address).netloc), key


def test_the_claims_are_the_66_of_the_paper():
    claims = rows(COURSE.data / "facts" / "claims.csv")
    assert [row["claim_id"] for row in claims] == [f"C{number:02}" for number in range(1, 67)]


def test_the_timeline_is_in_order():
    dates = [row["date"] for row in rows(COURSE.data / "facts" / "timeline.csv")]
    assert [date[:4] for date in dates] == sorted(date[:4] for date in dates)


def test_no_two_terms_of_the_glossary_share_a_name():
    seen: dict[str, str] = {}
    for row in rows(COURSE.data / "glossary" / "glossary.csv"):
        for name in {row["term"], *filter(None, row["variants"].split(";"))}:
            assert name == name.strip(), row["term"]
            assert name.casefold() not in seen, f"{row['term']} and {seen[name.casefold()]}: {name}"
            seen[name.casefold()] = row["term"]
