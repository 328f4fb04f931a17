"""A file is read whatever it holds, or it is said in words why it cannot be."""

import json
import os
import sys
import tracemalloc

import pytest

from safehaven.grading.preflight.reading import Unreadable, read_notebook

CELL = {"cell_type": "code", "metadata": {}, "source": "é = 'ü'", "outputs": []}
NOTEBOOK = {"cells": [CELL], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
TEXT = json.dumps(NOTEBOOK, indent=1, ensure_ascii=False)
CONFLICT = TEXT.replace(
    '   "metadata": {},\n',
    '<<<<<<< HEAD\n   "metadata": {},\n=======\n   "metadata": {"a": 1},\n>>>>>>> theirs\n',
)


@pytest.fixture
def read(tmp_path):
    def read(data: bytes):
        file = tmp_path / "notebook.ipynb"
        file.write_bytes(data)
        descriptor = os.open(file, os.O_RDONLY)
        try:
            return read_notebook(descriptor)
        finally:
            os.close(descriptor)

    return read


def test_a_good_notebook_is_read_without_notes(read):
    result = read(TEXT.encode())
    assert result.notebook == NOTEBOOK
    assert result.notes == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (TEXT.encode("utf-8-sig"), "byte order mark"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (TEXT.encode("latin-1"), "Latin-1"),
        (TEXT.encode() + b"\0" * 4096, "zero bytes"),
        (TEXT.replace("\n", "\n\0").encode(), "zero bytes"),
    ],
)
def test_another_encoding_is_understood_and_noted(read, data, words):
    result = read(data)
    assert result.notebook["cells"][0]["source"] == CELL["source"]
    ((kind, text),) = result.notes
    assert kind == "encoding"
    assert words in text


def test_a_damaged_byte_costs_one_letter(read):
    result = read(TEXT.encode().replace("ü".encode(), b"\xfc"))
    assert result.notebook["cells"][0]["source"] == "é = '\ufffd'"
    assert [kind for kind, _ in result.notes] == ["encoding"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"\0" * 10_000, "nothing but zeros"),
        (b"PK\x03\x04 word", "zip archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"import pandas\n", "is not a notebook"),
        (TEXT.encode()[:-10], "breaks off in line 1"),
        (TEXT.encode()[:60], "breaks off"),
        (TEXT.replace('"source":', '"source"').encode(), "no valid JSON"),
        (TEXT.encode() + TEXT.encode(), "no valid JSON: Extra data"),
        (CONFLICT.encode(), "merge conflict that was not resolved (line 5)"),
        (b"[1, 2]", "not a notebook"),
        (b'"cells"', "not a notebook"),
        (b"null", "not a notebook"),
        (b"NaN", "not a notebook"),
        (b"{}", "does not say which version"),
        (b'{"cells": [{}]}', "does not say which version"),
        (b'{"nbformat": true, "cells": [{}]}', "does not say which version"),
        (b'{"nbformat": "4", "cells": [{}]}', "does not say which version"),
        (b'{"nbformat": NaN, "cells": [{}]}', "does not say which version"),
        (b'{"nbformat": 5, "cells": [{}]}', "has version 5"),
        (b'{"nbformat": 3, "cells": [{}]}', "not built like it"),
        (b'{"nbformat": 2, "cells": [{}]}', "not built like it"),
        (b'{"nbformat": 4}', "not built like it"),
        (b'{"nbformat": 4, "cells": {}}', "not built like it"),
        (b'{"nbformat": 4, "worksheets": [{"cells": [{}]}]}', "not built like it"),
        (b'{"nbformat": 4, "cells": []}', "has no cells"),
        (b'{"nbformat": 4, "cells": ["text", 1]}', "has no cells"),
        (b'{"nbformat": 3, "worksheets": [{}]}', "has no cells"),
        (b'{"nbformat": 4, "a": ' + b"[" * 100_000, "breaks off|nested too deeply"),
        (b'{"nbformat": 4, "a": ' + b"[" * 99_999 + b"]" * 99_999 + b"}", "nested too deeply"),
        (b'{"cells": [' + b"{}," * 1_000_001 + b"{}]}", "holds too much"),
    ],
)
def test_what_cannot_be_read_has_a_reason_and_a_remedy(read, data, words):
    with pytest.raises(Unreadable, match=words.replace("(", r"\(").replace(")", r"\)")) as caught:
        read(data)
    assert caught.value.remedy.endswith(".")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (TEXT.replace('"metadata": {},', '"metadata": {"a": NaN},', 1), "numbers"),
        (TEXT.replace('"metadata": {},', '"metadata": {"a": -Infinity},', 1), "numbers"),
        (TEXT.replace('"metadata": {},', f'"metadata": {{"a": {"9" * 5000}}},', 1), "numbers"),
        (TEXT.replace('"metadata": {},', '"metadata": {}, "metadata": {},', 1), "twice"),
    ],
)
def test_what_json_does_not_allow_is_forgiven_and_noted(read, data, words):
    result = read(data.encode())
    assert result.notebook["cells"][0]["source"] == CELL["source"]
    ((kind, text),) = result.notes
    assert kind == "json"
    assert words in text


def test_line_breaks_inside_strings_are_forgiven(read):
    result = read(TEXT.replace("é = ", "é =\n\t").encode())
    assert result.notebook["cells"][0]["source"] == "é =\n\t'ü'"


@pytest.mark.parametrize("version", [2, 3])
def test_an_old_format_is_converted(read, version):
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Title"]},
        {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "language": "python", "outputs": []},
        {"cell_type": "markdown", "source": "text"},
        "no cell",
    ]
    old = {"nbformat": version, "metadata": {"name": ""}, "worksheets": [{"cells": cells}, None]}
    result = read(json.dumps(old).encode())
    assert [cell["source"] for cell in result.notebook["cells"]] == [
        "## Title",
        ["a = 1\n", "b = 2"],
        "text",
    ]
    assert [kind for kind, _ in result.notes] == ["format"]


def big(key: str, value: object, **more: object) -> bytes:
    cell = {"cell_type": "markdown", "source": "kept", key: value, **more}
    return json.dumps({"cells": [cell], "nbformat": 4}).encode()


def test_outputs_nested_too_deeply_are_left_out(read):
    deep = TEXT.replace('"outputs": []', f'"outputs": [{"[" * 50_000}{"]" * 50_000}]')
    assert read(deep.encode()).notebook["cells"][0]["source"] == CELL["source"]


def test_huge_outputs_cost_no_memory(read):
    data = big("outputs", [{"text": ["line of output\n"] * 3_000_000}])
    assert len(data) > 50 << 20
    tracemalloc.start()
    result = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.notebook["cells"][0]["source"] == "kept"
    assert peak < 32 << 20


def test_huge_pictures_are_left_out_and_noted(read):
    result = read(big("attachments", {"a.png": {"image/png": "A" * (33 << 20)}}))
    assert result.notebook["cells"][0]["attachments"] == {}
    assert [kind for kind, _ in result.notes] == ["attachments-removed"]


def test_a_picture_of_usual_size_is_kept(read):
    result = read(big("attachments", {"a.png": {"image/png": "A" * (5 << 20)}}))
    assert len(result.notebook["cells"][0]["attachments"]["a.png"]["image/png"]) == 5 << 20
    assert result.notes == []


def test_a_file_larger_than_any_notebook_is_not_read(tmp_path):
    file = tmp_path / "sparse.ipynb"
    with file.open("wb") as sparse:
        sparse.truncate(1 << 40)
    descriptor = os.open(file, os.O_RDONLY)
    with pytest.raises(Unreadable, match="larger than 2,048 MB"):
        read_notebook(descriptor)
    os.close(descriptor)


def test_the_recursion_limit_is_left_alone(read):
    before = sys.getrecursionlimit()
    with pytest.raises(Unreadable):
        read(b"[" * 100_000)
    assert sys.getrecursionlimit() == before
