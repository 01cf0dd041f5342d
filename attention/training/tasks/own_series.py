"""A series of one's own: one number a line, or a date and a number, as a spreadsheet saves them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attention.scene import Model
from attention.texts import UserError
from attention.training.tasks.own_text import Text

MOST_ROWS = 1_000
LARGEST = 1_000_000_000.0
SEPARATORS = "\t;,"
NUMBER = re.compile(r"[+\-−]?(\d+([.,]\d+)?|[.,]\d+)", re.ASCII)
# "1,234": in one country one thousand and more, in another one and a quarter.
THOUSANDS_OR_DECIMALS = re.compile(r"[+\-−]?[1-9]\d{0,2},\d{3}", re.ASCII)
DATES = ("%Y-%m-%d", "%d.%m.%Y")  # others may be read in two ways: 03/04/2026
YEARS = (1900, 2200)


class Series(Model):
    """What somebody pasted, or a file holds."""

    text: Text


@dataclass(frozen=True)
class Days:
    """The end of a series.

    Attributes:
        values: one a day, in the order of time; None: nothing is known of that day.
        dates: of each day; None where the series has no dates.
    """

    values: list[float | None]
    dates: list[date] | None


def read_days(series: Series, most: int, least: int) -> Days:
    r"""The last days of a series.

    >>> read_days(Series(text="date;demand\n01.03.2026;7\n03.03.2026;8,5"), 28, 2).values
    [7.0, None, 8.5]

    Args:
        series: columns between tabs, semicolons or commas; the first row may be a header. Numbers
            may have a decimal comma wherever it cannot be taken for a separator. Rows with dates
            may stand in any order, and days may be missing.
        most: days that are taken, the last ones.
        least: of these, so many must have a number.

    Raises:
        UserError: what it holds cannot be read so.
    """
    rows = _rows(series.text)
    values = [_number(row) for row in rows]
    if all(row.date is None for row in rows):
        days = Days(list(values[-most:]), None)
    else:
        days = _by_date(dict(zip(_dates(rows), values, strict=True)), most)
    known = sum(value is not None for value in days.values)
    if known < least:
        raise UserError("refused_series_short", least=least, most=most, came=known)
    return days


@dataclass(frozen=True)
class _Row:
    """A row of the text: where it stands, and what it says."""

    line: int
    date: str | None
    value: str


def _rows(text: str) -> list[_Row]:
    text = text.removeprefix("\ufeff")
    lines = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_ROWS:
        raise UserError("refused_series_long", most=MOST_ROWS, came=len(lines))
    separator = next((sign for sign in SEPARATORS if sign in text), ",")
    rows = [_row(i, line, separator) for i, line in lines]
    return rows[1:] if len(rows) > 1 and _is_header(rows[0]) else rows


def _row(number: int, line: str, separator: str) -> _Row:
    if separator == "," and NUMBER.fullmatch(line.strip()):
        return _Row(number, None, line.strip())  # its comma is a decimal one
    cells = [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    if len(cells) not in (1, 2):
        raise UserError("refused_series_columns", line=number, came=len(cells))
    return _Row(number, cells[0] if len(cells) == 2 else None, cells[-1])


def _is_header(row: _Row) -> bool:
    return not NUMBER.fullmatch(row.value) and _date(row.date or "") is None


def _number(row: _Row) -> float:
    line, written = row.line, row.value
    if THOUSANDS_OR_DECIMALS.fullmatch(written):
        raise UserError("refused_series_ambiguous", line=line, came=written)
    if not NUMBER.fullmatch(written):
        raise UserError("refused_series_number", line=line, came=written)
    value = float(written.replace("−", "-").replace(",", "."))
    if not 0 <= value <= LARGEST:
        raise UserError("refused_series_range", line=line, largest=int(LARGEST), came=written)
    return value


def _dates(rows: list[_Row]) -> list[date]:
    found: dict[date, int] = {}
    for row in rows:
        written = row.date or ""
        day = _date(written)
        if day is None:
            raise UserError("refused_series_date", line=row.line, came=written)
        if day in found:
            first = found[day]
            raise UserError("refused_series_twice", line=row.line, first=first, came=written)
        found[day] = row.line
    return list(found)


def _date(text: str) -> date | None:
    day = re.sub(r"[T ]\d{2}:\d{2}(:\d{2})?$", "", text)  # a spreadsheet may add midnight
    for form in DATES:
        try:
            found = datetime.strptime(day, form).date()
        except ValueError:
            continue
        return found if YEARS[0] <= found.year <= YEARS[1] else None
    return None


def _by_date(values: dict[date, float], most: int) -> Days:
    last = max(values)
    begin = max(min(values), last - timedelta(days=most - 1))
    dates = [begin + timedelta(days=i) for i in range((last - begin).days + 1)]
    return Days([values.get(day) for day in dates], dates)
