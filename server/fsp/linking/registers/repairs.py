"""The rules that mend known faults of the sources: one function a fault, each with a test of its own.

A rule gives the value to use, or None where the value says nothing. The caller counts where it changed something.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from fsp.linking.registers.tables import Row

__all__ = [
    "clean_name",
    "distinct_names",
    "exact_os_id",
    "found_on",
    "la_number",
    "last_day",
    "own_code",
    "place_name",
    "rounded_degrees",
    "spreadsheet_year",
]

_EPOCH = date(1899, 12, 30)  # day 0 of the spreadsheets
_READ_AS = 1905
_CENTURY = 100
_YEARS = range(1974, 2007)  # become 27 May to 28 June of 1905; other days of that year are dates
_OS_PRECISION = 10


def spreadsheet_year(day: date) -> int | None:
    """Return the year that a spreadsheet turned into a date: 1995 became 1905-06-17, and that was read as 2005-06-17.

    Args:
        day: the date as the source has it.

    Returns:
        The year; None where the date is a date.
    """
    if day.year not in (_READ_AS, _READ_AS + _CENTURY):
        return None
    number = (day.replace(year=_READ_AS) - _EPOCH).days
    return number if number in _YEARS else None


def found_on(text: str) -> str | None:
    """Return a date of foundation as it is known: a day, or only a year.

    A day that is a spreadsheet's year, or a first of January, stands for the year.
    """
    if not text:
        return None
    day = date.fromisoformat(text)
    year = spreadsheet_year(day)
    if year is not None:
        return str(year)
    return str(day.year) if (day.month, day.day) == (1, 1) else text


def last_day(end: date | None, successors_start: Iterable[date]) -> date | None:
    """Return the last day of an authority, where its source gives the first day of its successor instead."""
    return end - timedelta(days=1) if end is not None and end in set(successors_start) else end


def clean_name(text: str) -> str:
    """Return a name without doubled white space."""
    return " ".join(text.split())


def distinct_names(names: Iterable[str]) -> list[str]:
    """Return names of which no two differ in capital letters alone; the first that has capitals stays."""
    chosen: dict[str, str] = {}
    for name in map(clean_name, names):
        key = name.casefold()
        if name and (key not in chosen or chosen[key].islower()):
            chosen[key] = name
    return list(chosen.values())


def place_name(text: str) -> str:
    """Return what tells one place from another in its name: small letters, without *City of*, *and* and the Welsh half.

    Ordnance Survey writes *Abertawe - Swansea*, *City of Derby*, *The City of Brighton and Hove*.
    """
    name = text.casefold().replace("&", " and ").rsplit(" - ", 1)[-1]
    name = re.sub(r"\b(the|city|county|of|and|council|district|borough)\b", " ", name)
    return re.sub(r"[^a-z]", "", name)


def exact_os_id(rounded: str, names: Iterable[str], exact: Iterable[Row]) -> str | None:
    """Return the Ordnance Survey id that a conversion to a floating-point number cut off to tens.

    Args:
        rounded: the id as the source has it, such as `7000000000009180.0`.
        names: names of the authority.
        exact: the table of exact ids, with `os` and `name`.

    Returns:
        The id whose tens and whose name both agree; None where there is none.
    """
    if not rounded:
        return None
    tens = int(float(rounded)) // _OS_PRECISION
    known = {place_name(name) for name in names}
    found = {row["os"] for row in exact if int(row["os"]) // _OS_PRECISION == tens and place_name(row["name"]) in known}
    return found.pop() if len(found) == 1 else None


def own_code(value: str, code: str, codes: Iterable[str]) -> str | None:
    """Return a BS 6879 code unless it is the code of another authority: three rows have slipped."""
    return None if not value or (value != code and value in set(codes)) else value


def la_number(value: str) -> str | None:
    """Return a number of the Department for Education; the column also holds older codes with letters."""
    return value if re.fullmatch(r"\d{3}", value) else None


def rounded_degrees(value: str) -> str | None:
    """Return degrees to six decimals, some 0.1 m: the digits after that are a computer's noise."""
    return f"{float(value):.6f}" if value else None
