"""Values cross as what they are, and nothing else crosses."""

import base64
import collections
import datetime
import decimal
import fractions
import json
import math
import pathlib
import re
import uuid
import zoneinfo

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from safehaven.grading.inside import codec
from safehaven.grading.inside.codec import CannotCross, Decoder, Encoder, Unreadable

Point = collections.namedtuple("Point", ["x", "y"])


def cross(value):
    return Decoder().decode(codec.loads(codec.dumps(Encoder().encode(value))))


KABUL = zoneinfo.ZoneInfo("Asia/Kabul")
PLAIN = [
    *(None, True, False, 0, -1, 2**70, 1.5, -0.0, math.inf, "", "Kābul", "\ud800"),
    *(3 + 4j, complex(math.inf, -0.0), b"", b"\x00\xff", bytearray(b"ab"), ..., NotImplemented),
    *(
        [],
        [1, [2.5, "x"], None],
        (),
        (1,),
        (1, ("a", [2])),
        {},
        {"a": 1},
        {1: 2, None: 3, (1, 2): 4},
    ),
    *(set(), {1, 2}, frozenset({"a"}), {frozenset({1}), (2, 3)}, range(5), range(10, 0, -3)),
    *(slice(1, None, 2), collections.Counter("aab"), collections.OrderedDict(b=1, a=2)),
    *(collections.deque([1, 2], 5), collections.defaultdict(list, a=[1])),
    *(decimal.Decimal("1.10"), decimal.Decimal("-Infinity"), fractions.Fraction(1, 3)),
    *(datetime.date(2001, 9, 11), datetime.time(1, 2, 3, 4), datetime.timedelta(-1, 2, 3)),
    *(datetime.datetime(2001, 9, 11, 8, 46), datetime.datetime(2021, 8, 15, tzinfo=KABUL)),
    *(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), datetime.time(1, tzinfo=datetime.UTC)),
    datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=4.5), "AFT")),
    *(pathlib.Path("data/x.csv"), uuid.UUID(int=5), re.compile("a+", re.I), re.compile(b"x")),
    *(int, str, list, type(None), datetime.date, ValueError, KeyError, collections.Counter),
    *({"a": 1}.keys(), {"a": 1}.items(), datetime.UTC, KABUL),
]


@pytest.mark.parametrize("value", PLAIN, ids=lambda value: repr(value)[:40])
def test_plain_values_cross(value) -> None:
    there = cross(value)
    assert type(there) is type(value)
    assert there == value
    assert repr(there) == repr(value) or isinstance(value, set | frozenset)


def test_what_equality_does_not_show_crosses_too() -> None:
    assert cross(-(2**20_000)) == -(2**20_000)
    assert math.isnan(cross(math.nan))
    assert math.copysign(1, cross(-0.0)) == -1
    assert list(cross({"b": 1, "a": 2})) == ["b", "a"]
    assert list(cross({"a": 1}.values())) == [1]
    assert cross(collections.deque([1], 3)).maxlen == 3
    assert cross(collections.defaultdict(int))["new"] == 0
    assert cross(datetime.datetime(2021, 8, 15, tzinfo=KABUL)).tzinfo is KABUL
    moved = cross(Point(1, [2]))
    assert type(moved).__name__ == "Point" and moved._fields == ("x", "y") and moved.y == [2]
    assert moved == (1, [2]) and type(cross(Point(3, 4))) is type(moved)
    match = cross(re.search("(b)(c)?", "abd"))
    assert match.group(1) == "b" and match.span() == (1, 2) and match.group(2) is None


ARRAYS = [
    *(np.arange(6).reshape(2, 3), np.array(3.5), np.array([]), np.zeros((0, 4), dtype="f4")),
    *(np.array([True, False]), np.array([1 + 2j]), np.array(["a", "bc"]), np.array([b"a", b"bc"])),
    *(np.array(["2001-09-11", "NaT"], dtype="M8[D]"), np.array([1, 2], dtype="m8[ns]")),
    *(np.array([1, "x", None], dtype=object), np.arange(10)[::2], np.asfortranarray(np.eye(3))),
    *(np.array([[1, [2]], ["a", None]], dtype=object), np.array([1, 2], dtype=">i4")),
    *(np.float16([1.5]), np.array(["", ""])),
]


@pytest.mark.parametrize("value", ARRAYS, ids=lambda value: f"{value.dtype}{value.shape}")
def test_arrays_cross(value) -> None:
    there = cross(value)
    assert there.dtype == value.dtype and there.shape == value.shape
    np.testing.assert_array_equal(there, value)
    assert there.flags.writeable


SCALARS = [
    *(np.int64(5), np.uint8(255), np.float64(0.1), np.float32(0.1), np.bool_(True), np.str_("ab")),
    *(np.complex128(1 + 2j), np.datetime64("2001-09-11"), np.timedelta64(5, "D"), np.str_("")),
    *(np.bytes_(b"a"), np.dtype("int64"), np.dtype(object), np.float64, np.ndarray, np.int64),
]


@pytest.mark.parametrize("value", SCALARS, ids=repr)
def test_scalars_of_numpy_cross(value) -> None:
    there = cross(value)
    assert type(there) is type(value) and there == value
    assert getattr(there, "dtype", None) == getattr(value, "dtype", None)


DAYS = pd.date_range("2001-09-11", periods=3)
SERIES = [
    *(pd.Series([1, 2]), pd.Series([1.5, None], name="x"), pd.Series(["a", None], index=[5, "b"])),
    *(
        pd.Series([], dtype=float),
        pd.Series([1, None], dtype="Int64"),
        pd.Series([True, None], dtype="boolean"),
    ),
    *(pd.Series(["a", None], dtype="string"), pd.Series(["b", "a", None], dtype="category")),
    *(pd.Series(["a", "b"], dtype=object), pd.Series([{"a": 1}, [2]]), pd.Series(DAYS)),
    *(
        pd.Series(DAYS.tz_localize("Asia/Kabul")),
        pd.Series(pd.period_range("2001-09", periods=3, freq="M")),
    ),
    *(pd.Series(pd.to_timedelta([1, 2], unit="h")), pd.Series(pd.interval_range(0, 3))),
    *(pd.Series([1, 2, 3], index=DAYS), pd.Series([1, 2], index=pd.Index(["a", "b"], name="k"))),
    *(pd.Series(["low", "high"], dtype=pd.CategoricalDtype(["low", "high"], ordered=True)),),
    *(pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["p", None])),),
    *(pd.Series([1.5, pd.NA], dtype="Float64"), pd.Series([1, 2], dtype="uint8"), pd.Series([1j])),
    *(pd.Series(range(3), index=pd.Index([("a", 1), ("b", 2), 3], tupleize_cols=False)),),
]


@pytest.mark.parametrize("value", SERIES, ids=lambda value: f"{value.dtype} {value.index.dtype}")
def test_series_cross(value) -> None:
    pd.testing.assert_series_equal(cross(value), value)
    pd.testing.assert_index_equal(cross(value.index), value.index, exact=True)


TABLES = [
    *(pd.DataFrame(), pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [1.5, math.nan]})),
    *(pd.DataFrame(index=[1, 2]), pd.DataFrame(columns=["a", "b"])),
    *(pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"]), pd.DataFrame({"d": DAYS}, index=DAYS)),
    *(pd.DataFrame({("a", 1): [1], ("a", 2): [2]}), pd.DataFrame({0: [1], "b": [2]})),
    pd.DataFrame({"k": list("aab"), "v": [1, 2, 3]}).groupby("k").agg({"v": ["sum", "mean"]}),
    pd.DataFrame({"k": list("aab"), "v": [1, 2, 3]}).pivot_table(
        index="k", columns="v", aggfunc="size"
    ),
]


@pytest.mark.parametrize("value", TABLES, ids=lambda value: f"{value.shape}")
def test_tables_cross(value) -> None:
    pd.testing.assert_frame_equal(cross(value), value)


MOMENTS = [
    *(pd.Timestamp("2001-09-11 08:46:00.000000001"), pd.Timestamp("2021-08-15", tz="Asia/Kabul")),
    *(
        pd.Timestamp("1000-01-01").as_unit("s"),
        pd.Timedelta("1 days 2 ns"),
        pd.Period("2001-09", "M"),
    ),
    *(
        pd.Interval(0, 1.5, "both"),
        pd.Interval(pd.Timestamp(0), pd.Timestamp(1)),
        pd.RangeIndex(1, 9, 2),
    ),
]


@pytest.mark.parametrize("value", MOMENTS, ids=repr)
def test_moments_of_pandas_cross(value) -> None:
    there = cross(value)
    assert type(there) is type(value)
    assert there == value if not isinstance(value, pd.Index) else there.equals(value)
    assert getattr(there, "unit", "") == getattr(value, "unit", "")
    assert str(getattr(there, "tz", "")) == str(getattr(value, "tz", ""))


def test_what_is_missing_stays_missing() -> None:
    assert cross(pd.NaT) is pd.NaT and cross(pd.NA) is pd.NA
    assert cross([pd.NaT, pd.NA, None]) == [pd.NaT, pd.NA, None]
    assert cross(DAYS).freqstr == "D"
    pd.testing.assert_extension_array_equal(cross(pd.array([1, None])), pd.array([1, None]))


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_graphs_cross(kind) -> None:
    graph = kind(name="ties")
    graph.add_node("alone", kind="group")
    graph.add_edge("b", "a", weight=2, when=datetime.date(2001, 9, 11))
    graph.add_edge("a", ("c", 1))
    if graph.is_multigraph():
        graph.add_edge("b", "a", key="second", weight=3)
    there = cross(graph)
    assert type(there) is kind
    assert nx.utils.graphs_equal(there, graph)
    assert list(there.nodes) == list(graph.nodes) and list(there.edges) == list(graph.edges)
    assert dict(cross(graph.degree())) == dict(graph.degree())
    assert sorted(map(str, cross(graph.edges))) == sorted(map(str, graph.edges))
    assert dict(cross(graph.nodes)) == dict(graph.nodes)
    assert list(cross(graph.nodes(data="kind"))) == list(graph.nodes(data="kind"))
    assert dict(cross(graph.adj["b"])) == dict(graph.adj["b"])
    assert sorted(map(str, cross(graph.edges(data=True)))) == sorted(
        map(str, graph.edges(data=True))
    )


def test_one_value_stays_one_value() -> None:
    shared = [1]
    table = pd.DataFrame({"a": [1]})
    there = cross([shared, shared, [1], table, {"t": table}])
    assert there[0] is there[1] and there[0] is not there[2]
    assert there[3] is there[4]["t"]


def test_a_value_that_holds_itself_does_not_cross() -> None:
    knot = [1]
    knot.append({"knot": knot})
    with pytest.raises(CannotCross, match="holds itself"):
        Encoder().encode(knot)


# --- what a student may try ---------------------------------------------------------------------


class EqualToAll(str):
    __slots__ = ()

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    def __str__(self):
        return "lie"


class LyingList(list):
    def __iter__(self):
        return iter(["lie"])

    def __len__(self):
        return 99


class LyingInt(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__

    def __index__(self):
        return 7


class LyingFloat(float):
    def __float__(self):
        return 7.0


class LyingDict(dict):
    def items(self):
        return [("lie", 1)]

    def __getitem__(self, key):
        return "lie"


def test_subclasses_come_as_what_they_hold() -> None:
    text = cross(EqualToAll("true"))
    assert type(text) is str and text == "true" and text != "other"
    listed = cross(LyingList([1, 2]))
    assert type(listed) is list and listed == [1, 2]
    number = cross(LyingInt(3))
    assert type(number) is int and number in (3, 7) and number != 4
    assert cross(LyingFloat(1.5)) == 1.5
    assert cross(LyingDict(a=1)) == {"a": 1} and type(cross(LyingDict(a=1))) is dict


class Own:
    pass


@pytest.mark.parametrize(
    "value",
    [Own(), Own, [1, {"a": Own()}], lambda: 1, (i for i in range(3)), object(), iter([1]), open],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_on_the_list_does_not_cross(value) -> None:
    with pytest.raises(CannotCross):
        Encoder().encode(value)


def test_a_class_of_the_notebook_is_named() -> None:
    kind = type("Ledger", (), {"__module__": "__main__"})
    with pytest.raises(
        CannotCross, match="an object of the class Ledger that is defined in the no"
    ):
        Encoder().encode([kind()])


def test_limits(monkeypatch) -> None:
    deep: list = []
    for _ in range(codec.MOST_LEVELS + 5):
        deep = [deep]
    with pytest.raises(CannotCross, match="nested"):
        Encoder().encode(deep)
    with pytest.raises(CannotCross, match="MB"):
        Encoder().encode(np.broadcast_to(np.float64(1), (10**6, 10**6)))
    with pytest.raises(CannotCross, match="digits"):
        Encoder().encode(1 << 10**8)
    with pytest.raises(Unreadable):
        codec.loads(b"[" * 100_000 + b"]" * 100_000)
    monkeypatch.setattr(codec, "MOST_BYTES", 1000)
    monkeypatch.setattr(codec, "MOST_PARTS", 1000)
    with pytest.raises(CannotCross, match="MB"):
        codec.dumps(Encoder().encode("x" * 1001))
    with pytest.raises(CannotCross, match="parts"):
        Encoder().encode([()] * 1001)
    with pytest.raises(Unreadable):
        codec.loads(b" " * 1001)


EIGHT = base64.b64encode(b"\0" * 8).decode()
HOSTILE = [
    *({}, {"a": 1}, [], ["?"], [None], [[]], ["r", 0], ["r", -1], ["r", True], ["r", "0"], ["r"]),
    *(["l"], ["l", 5], ["l", {"a": 1}], ["l", [["r", 0]]], ["d", [["l", []]], [1]], ["d", [1], []]),
    *(
        ["s", [["l", []]]],
        ["t", None],
        ["i", "zz"],
        ["i", "f" * 3_000_000],
        ["c", "x", 1],
        ["b", "é"],
    ),
    *(["b", 5], ["nt", "import os", ["a"], [1]], ["nt", "A", ["a b"], [1]], ["nt", "A", ["a"], []]),
    *(["nt", "A", ["__class__"], [1]], ["range", 1, 2, 0], ["range", 1.5, 2, 1], ["dec", "one"]),
    *(
        ["frac", 1, 0],
        ["dt", "noon", 0, None],
        ["dt", "2001-09-11", 5, None],
        ["tz", ["zone", "../x"]],
    ),
    *(["date", "2001-13-01"], ["delta", 10**30, 0, 0], ["uuid", "x"], ["re", "(", 0], ["re", 5, 0]),
    *(
        ["match", ["re", "a", 0], "b", 0, 1, [[0, 1]]],
        ["type", "os.system"],
        ["type", "builtins.eval"],
    ),
    *(["type", 5], ["error"], ["error", 1, [], [], ""], ["error", "X", [["os", "x"]], None, 5]),
    *(["fn", 1, {}], ["it", 1], ["own", 1], ["np.zz"], ["np.a", "O8", [1], EIGHT], ["zz.a", 1]),
    *(["np.a", "|V8", [1], EIGHT], ["np.a", "<i8", [-1], EIGHT], ["np.a", "<i8", [2], EIGHT]),
    *(
        ["np.a", "<i8", [2**62, 4], EIGHT],
        ["np.a", "<i8", [None], EIGHT],
        ["np.a", "<i8", 5, EIGHT],
    ),
    *(
        ["np.a", "<U0", [2**30, 2**30], ""],
        ["np.a", "i8,i8", [1], EIGHT * 2],
        ["np.a", ["i8"], [1], EIGHT],
    ),
    *(
        ["np.a", "<i999999999", [1], EIGHT],
        ["np.o", [2], [1]],
        ["np.s", "O", EIGHT],
        ["np.d", "V8"],
    ),
    *(["np.s", "<i8", EIGHT * 2], ["np.a", "<i8", [1] * 70, EIGHT], ["np.n", 5], ["np.n"]),
    *(["pd.s"], ["pd.s", ["pd.ri", 0, 5, 1, None], None, ["np.a", "<i8", [1], EIGHT]]),
    *(["pd.df", ["pd.ri", 0, 1, 1, None], ["pd.ri", 0, 2, 1, None], []], ["pd.ri", 0, 1, 0, None]),
    *(
        [
            "pd.ix",
            [
                "cat",
                ["pd.ri", 0, 1, 1, None],
                ["np.a", "<i8", [1], base64.b64encode(b"\x05" + b"\0" * 7).decode()],
                False,
            ],
            None,
            None,
        ],
    ),
    *(
        [
            "pd.mi",
            [["pd.ri", 0, 1, 1, None]],
            [["np.a", "<i8", [1], base64.b64encode(b"\x05" + b"\0" * 7).decode()]],
            [None],
        ],
    ),
    *(
        ["pd.ts", 5, "fortnights", None],
        ["pd.ts", "5", "ns", None],
        ["pd.per", 1, "no"],
        ["pd.none", "x"],
    ),
    *(["pd.iv", 2, 1, "both"], ["pd.iv", 1, 2, "ajar"], ["pd.array", ["mask", "Int64", 5, 5]]),
    *(
        ["pd.array", ["str", "python", "NA", [1]]],
        ["pd.ix", ["np.a", "<i8", [1, 1], EIGHT], None, None],
    ),
    *(
        ["nx.g", "Tree"],
        ["nx.g", "Graph", ["d", [], []], [1], [], []],
        ["nx.g", "Graph", 5, [], [], []],
    ),
    *(["nx.g", "Graph", ["d", [], []], [1], [["d", [], []]], [[0, 9, ["d", [], []]]]],),
    *(["nx.g", "Graph", ["d", [], []], [1], [["d", [], []]], [[0, 0, 7, ["d", [], []]]]],),
    *(
        ["nx.degree", 5, None],
        ["nx.nodes", [], [5], None],
        ["module"],
        ["slice"],
        ["default", 5, [], []],
    ),
    *(
        ["deque", "x", []],
        ["tz", 5],
        ["keys", [["l", []]]],
        ["counter", 1, 2],
        ["items", [5]],
        ["path", 1],
    ),
]


@pytest.mark.parametrize("tree", HOSTILE, ids=lambda tree: json.dumps(tree)[:50])
def test_what_does_not_fit_is_unreadable(tree) -> None:
    with pytest.raises(Unreadable):
        Decoder().decode(json.loads(json.dumps(tree)))


def test_every_tag_is_tried_with_nonsense() -> None:
    codec.load_libraries()
    cross([1, (2,)])
    readers = dict(codec._READERS)
    assert {"l", "np.a", "pd.df", "nx.g", "error"} <= readers.keys()
    nonsense = [
        None,
        True,
        -1,
        10**30,
        0.5,
        "x",
        [],
        {},
        [[]],
        ["r", 0],
        ["l", [["r", 0]]],
        {"a": []},
    ]
    for tag in readers:
        for part in nonsense:
            for length in range(6):
                try:
                    Decoder().decode([tag, *[part] * length])
                except Unreadable:
                    continue


def test_errors_come_as_their_nearest_known_class() -> None:
    there = cross(KeyError("name"))
    assert type(there) is KeyError and there.args == ("name",)
    own = type("NoSuchTie", (LookupError,), {"__module__": "__main__"})
    there = cross(own("gone"))
    assert type(there).__name__ == "NoSuchTie" and isinstance(there, LookupError)
    assert str(there) == "gone"
    assert type(cross(nx.NetworkXNoPath("none"))) is nx.NetworkXNoPath
    assert str(cross(ValueError(Own()))).startswith("<")
    assert type(cross(UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"))) is UnicodeDecodeError
    assert type(cross(ZeroDivisionError())) is ZeroDivisionError


def test_what_cannot_cross_leaves_no_number_behind() -> None:
    encoder = Encoder()
    with pytest.raises(CannotCross):
        encoder.attempt([[1], [2], Own()])
    kept = [3]
    trees = [encoder.attempt(kept), encoder.attempt([kept])]
    decoder = Decoder()
    first, second = (decoder.decode(tree) for tree in trees)
    assert first == [3] and second[0] is first
