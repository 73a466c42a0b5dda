"""Dates as people type them: understood without a guess, or refused with a reason."""

from datetime import date, datetime

import pytest

from fsp.validation.workbook.dates import read_span, span_of_cell
from fsp.validation.workbook.unclear import UnclearError


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "label"),
    [
        ("2011-11-25", date(2011, 11, 25), date(2011, 11, 25), "25 November 2011"),
        ("25/11/2011", date(2011, 11, 25), date(2011, 11, 25), "25 November 2011"),
        ("11/25/2011", date(2011, 11, 25), date(2011, 11, 25), "25 November 2011"),
        ("25.11.2011", date(2011, 11, 25), date(2011, 11, 25), "25 November 2011"),
        ("04/04/2012", date(2012, 4, 4), date(2012, 4, 4), "4 April 2012"),
        ("25 Nov 2011", date(2011, 11, 25), date(2011, 11, 25), "25 November 2011"),
        ("25th November, 2011", date(2011, 11, 25), date(2011, 11, 25), "25 November 2011"),
        ("November 25, 2011", date(2011, 11, 25), date(2011, 11, 25), "25 November 2011"),
        ("Nov 2011", date(2011, 11, 1), date(2011, 11, 30), "November 2011"),
        ("Feb 2012", date(2012, 2, 1), date(2012, 2, 29), "February 2012"),
        ("11/2011", date(2011, 11, 1), date(2011, 11, 30), "November 2011"),
        ("2011-11", date(2011, 11, 1), date(2011, 11, 30), "November 2011"),
        ("2011", date(2011, 1, 1), date(2011, 12, 31), "2011"),
        ("2008/9", date(2008, 1, 1), date(2009, 12, 31), "2008/9"),
        ("2008/09", date(2008, 1, 1), date(2009, 12, 31), "2008/09"),
        ("1999/2000", date(1999, 1, 1), date(2000, 12, 31), "1999/00"),
        ("2009-2011", date(2009, 1, 1), date(2011, 12, 31), "2009 to 2011"),
        ("from Nov 2011 to 2012", date(2011, 11, 1), date(2012, 12, 31), "November 2011 to 2012"),
        ("from 2009", date(2009, 1, 1), None, "From 2009 on"),
        ("by April 2012", None, date(2012, 4, 30), "No later than April 2012"),
    ],
)
def test_a_date_is_understood(text: str, earliest: date | None, latest: date | None, label: str) -> None:
    """With the first and the last day that it can cover, and the label that the published periods have."""
    span = read_span(text)
    assert (span.earliest, span.latest, span.label) == (earliest, latest, label)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("03/04/2012", "can be 3 April 2012 or 4 March 2012"),
        ("25/11/11", "a year of two figures"),
        ("Nov 11", "a year of two figures"),
        ("2008-09", "write Sep 2008 or 2008 to 2009"),
        ("2005-11", "write Nov 2005 or 2005 to 2011"),
        ("2008/12", "not a year and the next one"),
        ("31 April 2012", "There is no day 31 in month 4 of 2012"),
        ("30/02/2012", "There is no day 30 in month 2 of 2012"),
        ("13/2011", "no month 13"),
        ("2012 to 2011", "ends before it begins"),
        ("spring 2012", "no fixed first and last day"),
        ("about 2010", "no fixed first and last day"),
        ("Q1 2012", "no fixed first and last day"),
        ("recently", "no date that can be read"),
        ("", "no date that can be read"),
        ("2011 to " * 50, "too long to be a date"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, reason: str) -> None:
    """The reason is told, and it is a reason of this text."""
    with pytest.raises(UnclearError, match=reason):
        read_span(text)


def test_cells_hold_days_and_years() -> None:
    """A date cell is its day; a number of four figures is a year."""
    assert span_of_cell(datetime(2011, 11, 25)).earliest == date(2011, 11, 25)  # noqa: DTZ001 - as openpyxl has it
    assert span_of_cell(2011).label == "2011"
    assert span_of_cell(2011.0).label == "2011"


@pytest.mark.parametrize("value", [40872, 0.5, True, datetime(2011, 11, 25, 10, 30), None, float("nan")])  # noqa: DTZ001
def test_cells_that_are_no_day_are_refused(value: object) -> None:
    """A day's serial number without its format, a time of day, or a truth value."""
    with pytest.raises(UnclearError):
        span_of_cell(value)
