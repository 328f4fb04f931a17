"""Tables, columns, indexes and moments of pandas as data.

A column is encoded by what it holds: a NumPy array, codes of categories, a mask and its values,
whole numbers of a unit of time. It is rebuilt with the public constructors of pandas.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from .codec import (
    CannotCross,
    Decoder,
    Encoder,
    Tree,
    Unreadable,
    read_number,
    read_text,
)
from .codec_numpy import encode_array
from .codec_plain import encode_zone, read_zone

_UNITS = frozenset({"s", "ms", "us", "ns"})
_MASKED = frozenset(
    {"boolean", "Float32", "Float64"}
    | {f"{sign}nt{bits}" for sign in ("I", "UI") for bits in (8, 16, 32, 64)}
)
_CLOSED = frozenset({"left", "right", "both", "neither"})


# --- one moment -------------------------------------------------------------------------------


def _encode_timestamp(_: Encoder, value: pd.Timestamp) -> Tree:
    plain = value.to_datetime64()
    unit = np.datetime_data(plain.dtype)[0]
    return ["pd.ts", int(plain.view("i8")), unit, encode_zone(value.tzinfo, value)]


def _read_timestamp(_: Decoder, tree: list[Tree]) -> Any:
    value = pd.Timestamp(np.datetime64(read_number(tree[1]), _unit(tree[2])))
    zone = read_zone(tree[3])
    return value if zone is None else value.tz_localize("UTC").tz_convert(zone)


def _encode_timedelta(_: Encoder, value: pd.Timedelta) -> Tree:
    plain = value.to_timedelta64()
    return ["pd.td", int(plain.view("i8")), np.datetime_data(plain.dtype)[0]]


def _read_timedelta(_: Decoder, tree: list[Tree]) -> Any:
    return pd.Timedelta(np.timedelta64(read_number(tree[1]), _unit(tree[2])))


def _unit(tree: Tree) -> Any:
    if tree not in _UNITS:
        raise Unreadable("an unknown unit of time")
    return tree


def _read_period(_: Decoder, tree: list[Tree]) -> Any:
    return pd.Period(ordinal=read_number(tree[1]), freq=read_text(tree[2]))


def _encode_interval(encoder: Encoder, value: pd.Interval[Any]) -> Tree:
    return ["pd.iv", encoder.encode(value.left), encoder.encode(value.right), value.closed]


def _read_interval(decoder: Decoder, tree: list[Tree]) -> Any:
    return pd.Interval(decoder.read(tree[1]), decoder.read(tree[2]), _closed(tree[3]))


def _closed(tree: Tree) -> Any:
    if tree not in _CLOSED:
        raise Unreadable("an interval with unknown ends")
    return tree


# --- one column -------------------------------------------------------------------------------


def _encode_column(encoder: Encoder, array: Any) -> Tree:
    """Give the values of a series or an index, without their labels."""
    if type(array) is pd.arrays.NumpyExtensionArray:  # columns of texts are a kind of it
        array = array.to_numpy()
    dtype = array.dtype
    if isinstance(dtype, np.dtype):
        return encode_array(encoder, array)
    for kind, encode in _COLUMNS:
        if isinstance(dtype, kind):
            return encode(encoder, array)
    if dtype.name in _MASKED:
        mask = np.asarray(array.isna())
        known = array.to_numpy(dtype=dtype.numpy_dtype, na_value=dtype.numpy_dtype.type(0))
        return ["mask", dtype.name, encode_array(encoder, known), encode_array(encoder, mask)]
    raise CannotCross(f"a column of the type {dtype}")


def _encode_strings(encoder: Encoder, array: Any) -> Tree:
    dtype = array.dtype
    missing = "nan" if isinstance(dtype.na_value, float) else "NA"
    parts = array.to_numpy(dtype=object, na_value=None).tolist()
    return ["str", dtype.storage, missing, encoder.encode_all(parts)]


def _encode_categories(encoder: Encoder, array: Any) -> Tree:
    codes = encode_array(encoder, np.asarray(array.codes, dtype="i8"))
    return ["cat", _encode_index(encoder, array.categories), codes, bool(array.ordered)]


def _encode_zoned(encoder: Encoder, array: Any) -> Tree:
    plain = array.tz_convert("UTC").tz_localize(None)
    moment = pd.Timestamp(0, tz=array.dtype.tz)
    zone = encode_zone(array.dtype.tz, moment)
    return ["tz", encode_array(encoder, np.asarray(plain)), zone]


def _encode_periods(encoder: Encoder, array: Any) -> Tree:
    return ["per", encode_array(encoder, np.asarray(array.asi8)), array.freqstr]


def _encode_intervals(encoder: Encoder, array: Any) -> Tree:
    ends = (_encode_index(encoder, pd.Index(end)) for end in (array.left, array.right))
    return ["iv", *ends, array.closed]


_COLUMNS: tuple[tuple[type, Callable[[Encoder, Any], Tree]], ...] = (
    (pd.StringDtype, _encode_strings),
    (pd.CategoricalDtype, _encode_categories),
    (pd.DatetimeTZDtype, _encode_zoned),
    (pd.PeriodDtype, _encode_periods),
    (pd.IntervalDtype, _encode_intervals),
)


def _read_column(decoder: Decoder, tree: Tree) -> Any:
    """Give the values of a series or an index: an array of NumPy or of pandas."""
    read = _COLUMN_READERS.get(tree[0])
    value = read(decoder, tree) if read else decoder.read(tree)
    if getattr(value, "ndim", 0) != 1:
        raise Unreadable("a column of another shape than a column's")
    return value


def _read_strings(decoder: Decoder, tree: list[Tree]) -> Any:
    storage: Any = "pyarrow" if tree[1] == "pyarrow" else "python"
    missing = np.nan if tree[2] == "nan" else pd.NA
    parts = decoder.read_all(tree[3])
    if any(part is not None and type(part) is not str for part in parts):
        raise Unreadable("a column of texts that holds something else")
    try:
        dtype = pd.StringDtype(storage, na_value=missing)
    except ImportError:
        dtype = pd.StringDtype("python", na_value=missing)
    return pd.array(parts, dtype=dtype)


def _read_categories(decoder: Decoder, tree: list[Tree]) -> Any:
    categories, codes = _read_index_tree(decoder, tree[1]), decoder.read(tree[2])
    return pd.Categorical.from_codes(codes, categories, ordered=tree[3] is True)


def _read_zoned(decoder: Decoder, tree: list[Tree]) -> Any:
    plain = pd.DatetimeIndex(decoder.read(tree[1]))
    return plain.tz_localize("UTC").tz_convert(read_zone(tree[2])).array


def _read_periods(decoder: Decoder, tree: list[Tree]) -> Any:
    make: Any = pd.PeriodIndex
    return make.from_ordinals(decoder.read(tree[1]), freq=read_text(tree[2])).array


def _read_intervals(decoder: Decoder, tree: list[Tree]) -> Any:
    left, right = _read_index_tree(decoder, tree[1]), _read_index_tree(decoder, tree[2])
    return pd.arrays.IntervalArray.from_arrays(left, right, closed=_closed(tree[3]))


def _read_masked(decoder: Decoder, tree: list[Tree]) -> Any:
    if tree[1] not in _MASKED:
        raise Unreadable("an unknown type of column")
    values, mask = decoder.read(tree[2]), decoder.read(tree[3])
    if values.shape != mask.shape or mask.dtype != bool:
        raise Unreadable("a column with a mask of another shape")
    column: Any = pd.array(values, dtype=tree[1])
    column[mask] = pd.NA
    return column


_COLUMN_READERS: dict[Any, Callable[[Decoder, list[Tree]], Any]] = {
    "str": _read_strings,
    "cat": _read_categories,
    "tz": _read_zoned,
    "per": _read_periods,
    "iv": _read_intervals,
    "mask": _read_masked,
}


# --- index, series, table ---------------------------------------------------------------------


def _encode_index(encoder: Encoder, value: Any) -> Tree:
    if isinstance(value, pd.MultiIndex):
        levels = [_encode_index(encoder, level) for level in value.levels]
        codes = [encode_array(encoder, np.asarray(code, dtype="i8")) for code in value.codes]
        return ["pd.mi", levels, codes, encoder.encode_all(value.names)]
    name = encoder.encode(value.name)
    if isinstance(value, pd.RangeIndex):
        return ["pd.ri", value.start, value.stop, value.step, name]
    step = value.freqstr if isinstance(value, pd.DatetimeIndex | pd.TimedeltaIndex) else None
    return ["pd.ix", _encode_column(encoder, value.array), name, step]


def _read_index_tree(decoder: Decoder, tree: Tree) -> Any:
    read = _INDEXES.get(tree[0])
    if read is None:
        raise Unreadable("not an index")
    return read(decoder, tree)


def _read_multi(decoder: Decoder, tree: list[Tree]) -> Any:
    levels = [_read_index_tree(decoder, level) for level in tree[1]]
    codes = [decoder.read(code) for code in tree[2]]
    return pd.MultiIndex(levels=levels, codes=codes, names=decoder.read_all(tree[3]))


def _read_range(decoder: Decoder, tree: list[Tree]) -> Any:
    numbers = range(*(read_number(part) for part in tree[1:4]))
    return pd.RangeIndex.from_range(numbers, name=decoder.read(tree[4]))


def _read_plain(decoder: Decoder, tree: list[Tree]) -> Any:
    column = _read_column(decoder, tree[1])
    dtype = object if column.dtype == object else None
    name = decoder.read(tree[2])
    index = pd.Index(column, dtype=dtype, name=name, tupleize_cols=False, copy=False)
    return index if tree[3] is None else _with_step(index, read_text(tree[3]))


def _with_step(index: Any, step: str) -> Any:
    """Give an index of moments that knows its step, where that is true."""
    try:
        return type(index)(index, freq=step)
    except (ValueError, TypeError):
        return index


_INDEXES: dict[Any, Callable[[Decoder, list[Tree]], Any]] = {
    "pd.mi": _read_multi,
    "pd.ri": _read_range,
    "pd.ix": _read_plain,
}


def _encode_series(encoder: Encoder, value: Any) -> Tree:
    def parts() -> Tree:
        index, name = _encode_index(encoder, value.index), encoder.encode(value.name)
        return ["pd.s", index, name, _encode_column(encoder, value.array)]

    return encoder.numbered(value, parts)


def _read_series(decoder: Decoder, tree: list[Tree]) -> Any:
    number = decoder.reserve()
    index, name = _read_index_tree(decoder, tree[1]), decoder.read(tree[2])
    column = _read_column(decoder, tree[3])
    value = pd.Series(column, index=index, name=name, dtype=column.dtype)
    decoder.met[number] = value
    return value


def _encode_table(encoder: Encoder, value: Any) -> Tree:
    def parts() -> Tree:
        index, names = _encode_index(encoder, value.index), _encode_index(encoder, value.columns)
        columns = [
            _encode_column(encoder, value.iloc[:, place].array) for place in range(value.shape[1])
        ]
        return ["pd.df", index, names, columns]

    return encoder.numbered(value, parts)


def _read_table(decoder: Decoder, tree: list[Tree]) -> Any:
    number = decoder.reserve()
    index, names = _read_index_tree(decoder, tree[1]), _read_index_tree(decoder, tree[2])
    columns = [_read_column(decoder, column) for column in tree[3]]
    if len(names) != len(columns) or any(len(column) != len(index) for column in columns):
        raise Unreadable("a table whose columns are not equally long")
    # pandas would look into a column of objects for texts and moments.
    parts = {
        place: pd.Series(column, index=index, dtype=object) if column.dtype == object else column
        for place, column in enumerate(columns)
    }
    value = pd.DataFrame(parts, index=index)
    value.columns = names
    decoder.met[number] = value
    return value


_NOTHING = {"NaT": pd.NaT, "NA": pd.NA}

ENCODERS: dict[type, Callable[[Encoder, Any], Tree]] = {
    pd.Timestamp: _encode_timestamp,
    pd.Timedelta: _encode_timedelta,
    pd.Period: lambda _, value: ["pd.per", value.ordinal, value.freqstr],
    pd.Interval: _encode_interval,
    type(pd.NaT): lambda _, __: ["pd.none", "NaT"],
    type(pd.NA): lambda _, __: ["pd.none", "NA"],
    pd.Index: _encode_index,
    pd.Series: _encode_series,
    pd.DataFrame: _encode_table,
    pd.api.extensions.ExtensionArray: lambda e, value: ["pd.array", _encode_column(e, value)],
    pd.api.extensions.ExtensionDtype: lambda _, value: ["pd.dtype", str(value)],
}
READERS: dict[str, Callable[[Decoder, list[Tree]], Any]] = {
    "pd.ts": _read_timestamp,
    "pd.td": _read_timedelta,
    "pd.per": _read_period,
    "pd.iv": _read_interval,
    "pd.none": lambda _, tree: _NOTHING[tree[1]],
    "pd.s": _read_series,
    "pd.df": _read_table,
    "pd.array": lambda decoder, tree: pd.array(_read_column(decoder, tree[1])),
    "pd.dtype": lambda _, tree: pd.api.types.pandas_dtype(read_text(tree[1])),
    **_INDEXES,
}
