"""The bulk of a huge notebook is left out while it is read, wherever the pieces end."""

import io
import json
import random

import pytest

from safehaven.grading.preflight import slim as module
from safehaven.grading.preflight.slim import TooLarge, shape, slim

NOTEBOOK = {
    "cells": [
        {"source": 'print("\\"outputs\\": [")', "outputs": [{"text": ['a "b" [', "]}\\"]}]},
        {"outputs": [], "source": ['x = {"outputs": [1]}\n', "\\\\"], "other": {"outputs": {}}},
        {"source": "é €𝄞", "outputs": [[[[{"a": {"b": [{}]}}]]], "outputs"], "after": 1},
        {"outputs": "no list", "source": "", "attachments": {"a": {"image/png": "QUJD"}}},
    ],
    "metadata": {"outputs": [1, 2]},
}


def without(value, keys):
    if isinstance(value, dict):
        return {
            key: type(inner)()
            if key in keys and isinstance(inner, dict | list)
            else without(inner, keys)
            for key, inner in value.items()
        }
    return [without(inner, keys) for inner in value] if isinstance(value, list) else value


def slimmed(data: bytes, keys=("outputs",), most=1 << 20):
    return slim(io.BytesIO(data).read, keys, most)


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 16, 64, 1 << 20])
@pytest.mark.parametrize("indent", [None, 1])
def test_only_what_stands_under_the_keys_is_left_out(monkeypatch, chunk, indent):
    monkeypatch.setattr(module, "_CHUNK", chunk)
    for ascii_only in (True, False):
        data = json.dumps(NOTEBOOK, indent=indent, ensure_ascii=ascii_only).encode()
        for keys in (("outputs",), ("outputs", "attachments")):
            result = slimmed(data, keys)
            assert json.loads(result.data) == without(NOTEBOOK, keys)
            assert result.dropped


def test_pieces_may_end_anywhere(monkeypatch):
    data = json.dumps(NOTEBOOK).encode()
    wanted = without(NOTEBOOK, ("outputs",))
    chance = random.Random(7)
    for _ in range(50):
        monkeypatch.setattr(module, "_CHUNK", chance.randint(1, len(data)))
        assert json.loads(slimmed(data).data) == wanted


def test_what_has_no_bulk_stays_as_it_is():
    data = b'{"cells": [{"source": "x", "metadata": {}}]}'
    result = slimmed(data)
    assert result.data == data
    assert not result.dropped


def test_broken_json_stays_broken():
    with pytest.raises(json.JSONDecodeError):
        json.loads(slimmed(b'{"cells": [{"outputs": [{"a": 1}').data)


def test_too_much_beside_the_bulk_is_refused():
    with pytest.raises(TooLarge):
        slimmed(json.dumps({"source": "x" * 3000}).encode(), most=1000)


def test_a_million_brackets_are_refused_in_time():
    with pytest.raises(TooLarge):
        slimmed(b'{"outputs": [' + b"[[[[" * 300_000)


def test_a_string_larger_than_a_piece_is_passed_over(monkeypatch):
    monkeypatch.setattr(module, "_CHUNK", 1000)
    text = "\\" * 50_000 + '"' + "é" * 50_000
    data = json.dumps({"outputs": [text], "source": "kept"}, ensure_ascii=False).encode()
    assert json.loads(slimmed(data, most=200).data) == {"outputs": [], "source": "kept"}


@pytest.mark.parametrize(
    ("text", "parts", "depth"),
    [("1", 0, 0), ("[]", 1, 1), ('{"a": [1, "[[[,,,"]}', 3, 2), ("[[[[]]]]", 4, 4), ("]]][", 1, 1)],
)
def test_json_is_measured_without_its_strings(text, parts, depth):
    found = shape(text.encode(), 100)
    assert (found.parts, found.depth) == (parts, depth)
