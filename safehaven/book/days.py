"""Days of the calendar, as a person writes them and as a person reads them."""

from __future__ import annotations

import calendar
import re
from datetime import date
from pathlib import Path

from safehaven.errors import CourseError

_MONTHS = tuple(calendar.month_name)
#: `7 April 2026` or `April 2026`, in running text.
WRITTEN_DAY = rf"(?:\d{{1,2}} )?(?:{'|'.join(_MONTHS[1:])}) \d{{4}}"


def read_day(text: str, written_in: Path | str) -> date:
    """A day written as `2027-06-01`.

    Args:
        text: what a person wrote.
        written_in: the option or the file that it stands in, to be named where it is wrong.

    Raises:
        CourseError: the text is no day of the calendar in that form.
    """
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        remedy = "Write year, month and day of a real day, as in 2027-06-01."
        raise CourseError(f"{text!r} is no day.", file=written_in, remedy=remedy) from error


def from_words(text: str) -> date:
    """The day of `7 April 2026`, and for `April 2026` the first: the earliest that it can mean.

    Raises:
        ValueError: the calendar has no such day.
    """
    *day, month, year = text.split()
    return date(int(year), _MONTHS.index(month), int(day[0]) if day else 1)


def in_words(day: date) -> str:
    """A day as the pages write it: `7 April 2026`."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def months_later(day: date, months: int) -> date:
    """The same day some months later, or earlier; the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
