"""Each rule that mends a known fault of the registers' sources."""

from datetime import date

import pytest

from fsp.linking.registers import repairs

OS_IDS = (
    {"os": "7000000000009182", "name": "Barnsley"},
    {"os": "7000000000009113", "name": "Sheffield"},
    {"os": "7000000000025492", "name": "Abertawe - Swansea"},
    {"os": "7000000000037538", "name": "City of Derby"},
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2005, 6, 17), 1995),  # Isle of Wight
        (date(2005, 6, 20), 1998),  # Peterborough
        (date(2005, 6, 8), 1986),  # Sheffield
        (date(1905, 6, 17), 1995),  # the same in the GOV.UK register
        (date(2005, 5, 27), 1974),
        (date(2005, 6, 28), 2006),
        (date(2005, 5, 26), None),
        (date(2005, 6, 29), None),
        (date(2005, 4, 1), None),
        (date(1974, 4, 1), None),
    ],
)
def test_a_spreadsheets_year_is_told_from_a_date(day: date, expected: int | None) -> None:
    """Day N after 1899-12-30 stands for the year N, also where 1905 was read as 2005; other days are dates."""
    assert repairs.spreadsheet_year(day) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2005-06-17", "1995"), ("1889-01-01", "1889"), ("1974-04-01", "1974-04-01"), ("", None)],
)
def test_a_foundation_is_known_to_the_day_or_to_the_year(text: str, expected: str | None) -> None:
    """A spreadsheet's year and a first of January tell a year, not a day."""
    assert repairs.found_on(text) == expected


def test_an_end_on_the_successors_first_day_becomes_the_day_before() -> None:
    """The newer rows of the source have the day after the last one as the end; the older ones have the last day."""
    assert repairs.last_day(date(2023, 4, 1), [date(2023, 4, 1)]) == date(2023, 3, 31)
    assert repairs.last_day(date(2020, 3, 31), [date(2020, 4, 1)]) == date(2020, 3, 31)
    assert repairs.last_day(None, [date(2020, 4, 1)]) is None


def test_doubled_white_space_in_a_name_is_made_single() -> None:
    """One official name of the source has two spaces in it, and one short name a space at its end."""
    assert repairs.clean_name("North Somerset  Council ") == "North Somerset Council"


def test_names_that_differ_in_capital_letters_alone_are_one_name() -> None:
    """The spelling with capital letters stays; a name without any stays where it is the only one."""
    names = ["hounslow", "Hounslow", "HOUNSLOW", "hounslow london boro", ""]
    assert repairs.distinct_names(names) == ["Hounslow", "hounslow london boro"]


@pytest.mark.parametrize(
    ("rounded", "name", "expected"),
    [
        ("7000000000009180.0", "Barnsley", "7000000000009182"),
        ("7000000000025490.0", "Swansea", "7000000000025492"),
        ("7000000000037530.0", "Derby", "7000000000037538"),
        ("7000000000009180.0", "Sheffield", None),  # another's id
        ("7000000000009990.0", "Barnsley", None),  # an id that the exact table gives to nobody
        ("", "Barnsley", None),
    ],
)
def test_an_ordnance_survey_id_is_exact_or_missing(rounded: str, name: str, expected: str | None) -> None:
    """The tens of the number and the name must both agree with the table of exact ids."""
    assert repairs.exact_os_id(rounded, [name], OS_IDS) == expected


def test_a_bs_6879_code_that_is_anothers_is_left_out() -> None:
    """Three rows of the source have the code of a combined authority; most have none or their own."""
    codes = ("WND", "NECA", "NNT")
    assert repairs.own_code("NECA", "WND", codes) is None
    assert repairs.own_code("NECA", "NECA", codes) == "NECA"
    assert repairs.own_code("", "NNT", codes) is None


def test_only_three_digits_are_a_number_of_the_department_for_education() -> None:
    """For lower-tier councils the column holds the code that other columns have as the SNAC code."""
    assert repairs.la_number("370") == "370"
    assert repairs.la_number("45UB") is None
    assert repairs.la_number("") is None


def test_degrees_keep_six_decimals() -> None:
    """What follows is the noise of a floating-point number."""
    assert repairs.rounded_degrees("-1.5325745833000002") == "-1.532575"
    assert repairs.rounded_degrees("") is None
