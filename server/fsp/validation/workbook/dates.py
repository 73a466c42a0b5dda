"""Dates and periods as people type them: understood without a guess, or refused with a reason."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from fsp.validation.workbook.unclear import UnclearError

__all__ = ["Span", "read_span", "span_of_cell"]

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>[1-9]\d{3})"
_VAGUE = re.compile(
    r"\b(about|around|approx\w*|circa|c\.|early|mid|late|spring|summer|autumn|winter|q[1-4])", re.IGNORECASE
)
_LONGEST = 60
_HOW = "Write a day as 2011-11-25 or 25 Nov 2011, a month as Nov 2011, a year as 2011."


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: the earliest and the latest day that it can cover.

    Attributes:
        earliest: its first day; None where it is not bounded.
        latest: its last day; None where it is not bounded.
        label: how it is written in full.
        slug: the end of the IRI of a period for it.
        remark: what has to be known about how it was read; empty where nothing.
    """

    earliest: date | None
    latest: date | None
    label: str
    slug: str
    remark: str = ""

    @property
    def shown(self) -> str:
        """The span by its days, for a person."""
        if self.earliest is None:
            return f"no later than {_long(self.latest)}"
        if self.latest is None:
            return f"from {_long(self.earliest)} on"
        if self.earliest == self.latest:
            return _long(self.earliest)
        return f"{_long(self.earliest)} to {_long(self.latest)}"


def span_of_cell(value: object) -> Span:
    """Return the span of what a cell holds: text, a date, or a year as a number.

    Raises:
        UnclearError: it can mean several things, or none.
    """
    if isinstance(value, datetime):
        if value.time() != datetime.min.time():
            raise UnclearError(f"It is a day with a time: write the day alone, {value.date().isoformat()}.")
        return _day(value.date())
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise UnclearError(f"It is no date. {_HOW}")
    if not isinstance(value, str) and not (value % 1 == 0 and 1000 <= value <= 2999):  # noqa: PLR2004 - four figures
        raise UnclearError(
            f"{value} is a number and no date: give the cell a date format, or write the date as text. {_HOW}"
        )
    return read_span(value if isinstance(value, str) else str(int(value)))


def read_span(text: str) -> Span:
    """Return the span that a text names.

    Args:
        text: such as `2011-11-25`, `25/11/2011`, `25 Nov 2011`, `Nov 2011`, `2008/9`, `2009 to 2011`, `from 2009`.

    Raises:
        UnclearError: it can mean several things, or none.
    """
    text = " ".join(text.replace("\u2013", "-").split())
    if len(text) > _LONGEST:
        raise UnclearError(f"It is too long to be a date. {_HOW}")
    for pattern, reader in _READERS:
        match = pattern.fullmatch(text)
        if match:
            return reader(match)
    if re.search(
        r"\b(about|around|approx\w*|circa|c\.|early|mid|late|spring|summer|autumn|winter|q[1-4])", text, re.IGNORECASE
    ):
        raise UnclearError(
            f"'{text}' has no fixed first and last day: add a row for it to the sheet Periods, with the earliest and "
            "the latest day that it can cover, and write the label of that row here."
        )
    raise UnclearError(f"'{text}' is no date that can be read. {_HOW}")


def _iso_day(match: re.Match[str]) -> Span:
    return _day(_valid(int(match["year"]), int(match["month"]), int(match["day"])))


def _numeric_day(match: re.Match[str]) -> Span:
    """Read two numbers and a year: certain only where one of them cannot be a month, or both are the same."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first != second and first <= 12 and second <= 12:  # noqa: PLR2004 - months of a year
        days = " or ".join(_long(_valid(year, month, day)) for day, month in ((first, second), (second, first)))
        raise UnclearError(f"'{match[0]}' can be {days}: write the one that is meant in that way.")
    day, month = (second, first) if second > 12 else (first, second)  # noqa: PLR2004
    return _day(_valid(year, month, day))


def _named_day(match: re.Match[str]) -> Span:
    return _day(_valid(int(match["year"]), _MONTHS[match["month"].lower()], int(match["day"])))


def _short_year(match: re.Match[str]) -> Span:
    raise UnclearError(f"'{match[0]}' has a year of two figures: write it with four.")


def _numeric_month(match: re.Match[str]) -> Span:
    if not 1 <= int(match["month"]) <= 12:  # noqa: PLR2004
        raise UnclearError(f"'{match[0]}' has no month {match['month']}. {_HOW}")
    return _month(int(match["year"]), int(match["month"]))


def _year_and_two_figures(match: re.Match[str]) -> Span:
    """Read `2011-11`: a month, unless the two figures can be a later year as well."""
    year, number = int(match["year"]), int(match["month"])
    if number > year % 100:
        month = f"{calendar.month_abbr[number]} {year} or " if 1 <= number <= 12 else ""  # noqa: PLR2004
        later = year - year % 100 + number
        raise UnclearError(f"'{match[0]}' can be read in more than one way: write {month}{year} to {later}.")
    return _numeric_month(match)


def _named_month(match: re.Match[str]) -> Span:
    return _month(int(match["year"]), _MONTHS[match["month"].lower()])


def _year(match: re.Match[str]) -> Span:
    year = int(match["year"])
    return Span(date(year, 1, 1), date(year, 12, 31), str(year), f"year-{year}")


def _two_years(match: re.Match[str]) -> Span:
    """Read `2008/9`: it may be a financial year, so the days are the widest that it can cover."""
    year, following = int(match["year"]), int(match["year"]) + 1
    if not str(following).endswith(match["next"]):
        raise UnclearError(
            f"'{match[0]}' is not a year and the next one: write {year}/{following % 100}, or two years."
        )
    figures = f"{following % 100:02}" if len(match["next"]) > 1 else match["next"]
    return Span(
        date(year, 1, 1),
        date(following, 12, 31),
        f"{year}/{figures}",
        f"year-{year}-{figures}",
        "It may mean a financial year; the days are the widest that it can cover.",
    )


def _range(match: re.Match[str]) -> Span:
    first, last = read_span(match["first"]), read_span(match["last"])
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        raise UnclearError(f"'{match[0]}' ends before it begins, or has no end. {_HOW}")
    remark = " ".join(dict.fromkeys(part for part in (first.remark, last.remark) if part))
    return Span(
        first.earliest, last.latest, f"{first.label} to {last.label}", f"{_bare(first)}-to-{_bare(last)}", remark
    )


def _open(match: re.Match[str]) -> Span:
    inner = read_span(match["rest"])
    if match["word"].lower() in {"from", "since"}:
        return Span(inner.earliest, None, f"From {inner.label} on", f"from-{_bare(inner)}", inner.remark)
    return Span(None, inner.latest, f"No later than {inner.label}", f"by-{_bare(inner)}", inner.remark)


def _bare(span: Span) -> str:
    return span.slug.removeprefix("year-").removeprefix("day-")


def _day(day: date) -> Span:
    return Span(day, day, _long(day), f"day-{day.isoformat()}")


def _month(year: int, month: int) -> Span:
    last = calendar.monthrange(year, month)[1]
    name = calendar.month_name[month]
    return Span(date(year, month, 1), date(year, month, last), f"{name} {year}", f"{name.lower()}-{year}")


def _valid(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnclearError(f"There is no day {day} in month {month} of {year}: correct the date.") from None


def _long(day: date | None) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}" if day else ""


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (rf"{_YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)", _iso_day),
        (rf"(?P<first>\d\d?)(?P<by>[/. -])(?P<second>\d\d?)(?P=by){_YEAR}", _numeric_day),
        (rf"(?P<day>\d\d?)(st|nd|rd|th)?( of)?[ -](?P<month>{_MONTH})\.?,?[ -]{_YEAR}", _named_day),
        (rf"(?P<month>{_MONTH})\.? (?P<day>\d\d?)(st|nd|rd|th)?,? {_YEAR}", _named_day),
        (rf"(\d\d?[/. -]\d\d?[/. -]|(\d\d? )?({_MONTH})[ '-]+)\d\d", _short_year),
        (rf"(?P<month>\d\d?)/{_YEAR}", _numeric_month),
        (rf"(?P<month>{_MONTH})\.?,?[ -]{_YEAR}", _named_month),
        (rf"{_YEAR}-(?P<month>\d\d?)", _year_and_two_figures),
        (rf"{_YEAR}", _year),
        (rf"{_YEAR}/(?P<next>\d\d?|\d{{4}})", _two_years),
        (r"(from )?(?P<first>(?!by|until|till|no ).+?) (to|-) (?P<last>.+)", _range),
        (r"(?P<first>[1-9]\d{3})-(?P<last>[1-9]\d{3})", _range),
        (r"(?P<word>from|since|by|until|till|no later than) (?P<rest>(?!from|since|by|until|till|no ).+)", _open),
    )
)
