"""Zips from strangers: tricks, bombs and damage are refused, one by one, and the rest is read."""

import io
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path
from random import Random

import pytest

from safehaven.grading.collect.archive import opened
from safehaven.grading.collect.limits import MIB, Limits
from safehaven.grading.collect.model import Unusable

GOOD = ("good.ipynb", b"{}")


def packed(
    *entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def read(
    folder: Path, data: bytes, limits: Limits | None = None, entries: int = 100
) -> tuple[dict[str, bytes], dict[str, str]]:
    """What could be copied out, and the reasons of what was refused."""
    file = folder / "a.zip"
    file.write_bytes(data)
    got, refused = {}, {}
    with opened(file, limits or Limits(), entries) as listing:
        refused = {one.file: one.reason for one in listing.refused}
        for number, item in enumerate(listing.items):
            target = folder / f"out-{number}"
            try:
                item.copy(target)
            except Unusable as error:
                refused[item.path] = error.reason
                assert not target.exists()
            else:
                got["/".join(item.parts)] = target.read_bytes()
    return got, refused


def whole_refused(folder: Path, data: bytes, entries: int = 100) -> str:
    file = folder / "a.zip"
    file.write_bytes(data)
    with pytest.raises(Unusable) as found, opened(file, Limits(), entries):
        pass
    assert found.value.remedy
    return found.value.reason


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def patched(data: bytes, signature: bytes, offset: int, new: bytes) -> bytes:
    """The bytes with a field of the first record changed."""
    at = data.index(signature) + offset
    return data[:at] + new + data[at + len(new) :]


LOCAL, TABLE, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def test_tricks_in_names_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    data = packed(
        GOOD,
        ("../evil", b"x"),
        ("/tmp/evil", b"x"),
        ("C:\\evil", b"x"),
        ("a\\..\\..\\evil", b"x"),
        ("nul.txt", b"x"),
        (special("link", stat.S_IFLNK | 0o777), b"/etc/passwd"),
        (special("pipe", stat.S_IFIFO | 0o644), b""),
        ("Data/a.csv", b"1"),
        ("data/A.CSV", b"2"),
        ("good.ipynb/inside", b"x"),
        ("folder/", b""),
        ("__MACOSX/._good.ipynb", b"x"),
    )
    got, refused = read(tmp_path, data)
    assert got == {"good.ipynb": b"{}", "Data/a.csv": b"1"}
    assert len(refused) == 9
    assert refused["link"] == "It is a symbolic link."
    assert "upper and lower case" in refused["data/A.CSV"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.zip", "out-0", "out-1"]


def test_a_name_hidden_behind_a_nul_is_refused(tmp_path: Path) -> None:
    data = packed(GOOD, ("evil.pyX.ipynb", b"x")).replace(b"evil.pyX", b"evil.py\0")
    got, refused = read(tmp_path, data)
    assert list(got) == ["good.ipynb"]
    assert "NUL" in refused["evil.py\\x00.ipynb"]


def test_names_in_unmarked_utf8_are_read(tmp_path: Path) -> None:
    """Canvas writes names in UTF-8 and does not say so."""
    data = packed(("گلبدین.ipynb", b"{}"))
    for signature, offset in ((LOCAL, 6), (TABLE, 8)):
        data = patched(data, signature, offset, b"\0\0")
    got, _ = read(tmp_path, data)
    assert list(got) == ["گلبدین.ipynb"]


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    data = packed(("secret.ipynb", b"x"), GOOD)
    for signature, offset in ((LOCAL, 6), (TABLE, 8)):
        data = patched(data, signature, offset, b"\x01\0")
    got, refused = read(tmp_path, data)
    assert got == {"good.ipynb": b"{}"}
    assert refused == {"secret.ipynb": "It is encrypted."}


def test_a_rare_packing_is_refused(tmp_path: Path) -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        _, refused = read(tmp_path, packed(("x", b"x" * 100), method=method))
        assert "few programs know" in refused["x"]


def test_a_bomb_by_ratio_is_refused(tmp_path: Path) -> None:
    got, refused = read(tmp_path, packed(GOOD, ("bomb", bytes(20 * MIB))))
    assert list(got) == ["good.ipynb"]
    assert "archive bomb" in refused["bomb"]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    _, refused = read(tmp_path, packed(("big", bytes(3 * MIB))), Limits(file_bytes=2 * MIB))
    assert refused["big"].startswith("It would be 3 MiB large; 2 MiB are allowed")


def test_a_file_that_lies_about_its_size_is_cut_off(tmp_path: Path) -> None:
    data = packed(("liar", bytes(50 * MIB)))
    for signature, offset in ((LOCAL, 22), (TABLE, 24)):
        data = patched(data, signature, offset, struct.pack("<L", 1000))
    tracemalloc.start()
    got, refused = read(tmp_path, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert got == {}
    assert "damaged" in refused["liar"]
    assert peak < 20 * MIB


def test_a_bomb_of_overlapping_files_is_refused(tmp_path: Path) -> None:
    """All entries of the table name the same bytes, as in Fifield's bomb of 2019."""
    data = packed(("a", bytes(100_000)), ("b", b"2"))
    second = data.rindex(TABLE)
    first = data.index(TABLE)
    place = data[first + 42 : first + 46]
    doubled = data[: second + 42] + place + data[second + 46 :]
    assert "overlap" in whole_refused(tmp_path, doubled)


def test_too_many_files_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    data = packed(*((f"f{number}", b"") for number in range(120)))
    assert "more than 100 files" in whole_refused(tmp_path, data)
    huge = patched(data, END, 12, struct.pack("<L", 100_000_000))
    assert "more than 100 files" in whole_refused(tmp_path, huge)


def test_a_zip64_with_a_huge_table_is_refused(tmp_path: Path) -> None:
    data = packed(GOOD)
    at = data.index(END)
    end64 = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    tail = patched(data[at:], END, 12, b"\xff\xff\xff\xff")
    assert "more than 100 files" in whole_refused(tmp_path, data[:at] + end64 + locator + tail)
    broken = struct.pack("<4sLQL", b"PK\x06\x07", 0, 1 << 50, 1)
    assert "no zip" in whole_refused(tmp_path, data[:at] + end64 + broken + tail)
    assert "no zip" in whole_refused(tmp_path, data[:at] + b"X" * 56 + locator + tail)


@pytest.mark.parametrize(
    "data",
    [b"", b"no zip at all", packed(GOOD)[:-10], END + b"\0" * 17, END + b"\xff" * 18,
     patched(packed(GOOD), TABLE, 0, b"XXXX")],
)  # fmt: skip
def test_what_is_no_zip_is_refused(data: bytes, tmp_path: Path) -> None:
    assert whole_refused(tmp_path, data)


def test_an_empty_zip_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, packed()) == ({}, {})


def test_a_damaged_file_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    data = packed(("bad", b"a" * 1000), GOOD, method=zipfile.ZIP_STORED)
    got, refused = read(tmp_path, data.replace(b"a" * 10, b"b" * 10, 1))
    assert got == {"good.ipynb": b"{}"}
    assert "damaged" in refused["bad"]


def test_whatever_is_damaged_nothing_else_is_raised(tmp_path: Path) -> None:
    random = Random(7)
    whole = packed(GOOD, ("data/a.csv", b"1,2\n" * 50), (special("b", stat.S_IFREG | 0o644), b"b"))
    outcomes = set()
    for number in range(400):
        data = bytearray(whole)
        for _ in range(random.randint(1, 4)):
            data[random.randrange(len(data))] = random.randrange(256)
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            got, refused = read(folder, bytes(data))
            outcomes.add((bool(got), bool(refused)))
        except Unusable:
            outcomes.add((False, True))
    assert outcomes >= {(True, False), (True, True), (False, True)}


def test_a_large_honest_file_is_read(tmp_path: Path) -> None:
    text = b"".join(b'"cell %d", "text %d"\n' % (n, n * 7919) for n in range(100_000))
    got, refused = read(tmp_path, packed(("a.csv", text)))
    assert got == {"a.csv": text}
    assert refused == {}
