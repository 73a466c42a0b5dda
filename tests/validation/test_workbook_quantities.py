"""Numbers as people type them: understood without a guess, or refused with a reason."""

import pytest

from fsp.validation.workbook.quantities import UNITS, Quantity, quantity_of_cell, read_quantity, read_unit
from fsp.validation.workbook.quantities import read_whole_number as whole
from fsp.validation.workbook.unclear import UnclearError


def shown(quantity: Quantity) -> tuple[str, ...]:
    """Return the number and the local names of what was typed with it."""
    parts = (quantity.unit, quantity.per, quantity.bound)
    return (quantity.lexical, *(part.rpartition("/")[2] for part in parts if part))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17000000", ("17000000.0",)),
        ("£17m", ("17000000.0", "CCY_GBP")),
        ("£17 m", ("17000000.0", "CCY_GBP")),
        ("£1,000,000", ("1000000.0", "CCY_GBP")),
        ("1.2bn", ("1200000000.0",)),
        ("17 million pounds", ("17000000.0", "CCY_GBP")),
        ("€3k", ("3000.0", "CCY_EUR")),
        ("US$5 million", ("5000000.0", "CCY_USD")),
        ("5%", ("5.0", "PERCENT")),
        ("12.5 per cent", ("12.5", "PERCENT")),
        ("18 months", ("18.0", "MO")),
        ("1 year", ("1.0", "YR")),
        ("over £1m a year", ("1000000.0", "CCY_GBP", "YR", "more-than")),
        ("£1m p.a.", ("1000000.0", "CCY_GBP", "YR")),
        ("3 hours / week", ("3.0", "HR", "WK")),
        ("at least £20m", ("20000000.0", "CCY_GBP", "at-least")),
        ("160+", ("160.0", "at-least")),
        ("exactly 7", ("7.0", "exactly")),
        ("\u22123.50", ("-3.5",)),
        ("0.1", ("0.1",)),
    ],
)
def test_a_number_is_understood(text: str, expected: tuple[str, ...]) -> None:
    """With the unit, the rate and the bound that were typed, and none that were not."""
    assert shown(read_quantity(text)) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("about 20", "not one number that the column 'bound' can qualify"),
        ("c. 20", "not one number that the column 'bound' can qualify"),
        ("up to £5", "not one number that the column 'bound' can qualify"),
        ("less than 5", "not one number that the column 'bound' can qualify"),
        ("10-20", "more than one number"),
        ("10 to 20", "more than one number"),
        ("1/2", "more than one number"),
        ("17m", "'m' can be"),
        ("1,5", "parts no thousands"),
        ("10,00,000", "parts no thousands"),
        ("1.000.000", "two points"),
        ("$5m", "whose dollars"),
        ("20 apples", "'apples' is no unit"),
        ("£5 euros", "'euros' is no unit"),
        ("half", "no number that can be read"),
        ("over", "no number that can be read"),
        ("1e6", "no number that can be read"),
        ("9" * 100, "no number that can be read"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, reason: str) -> None:
    """The reason is told, and it is a reason of this text."""
    with pytest.raises(UnclearError, match=reason):
        read_quantity(text)


def test_letters_for_millions_need_a_currency() -> None:
    """Another column can give it."""
    assert read_quantity("17m", UNITS["pounds sterling"]).lexical == "17000000.0"


def test_the_format_of_a_cell_says_what_its_number_is() -> None:
    """0.05 shown as 5% is five per cent, and 0.07 is not 7.000000000000001."""
    assert shown(quantity_of_cell(0.05, "0%")) == ("5.0", "PERCENT")
    assert shown(quantity_of_cell(0.07, "0.00%")) == ("7.0", "PERCENT")
    assert shown(quantity_of_cell(17000000, "[$£-809]#,##0")) == ("17000000.0", "CCY_GBP")
    assert shown(quantity_of_cell(0.1 + 0.2)) == ("0.3",)


@pytest.mark.parametrize("value", [True, float("inf"), float("nan"), None])
def test_cells_that_are_no_number_are_refused(value: object) -> None:
    """Such as a truth value."""
    with pytest.raises(UnclearError):
        quantity_of_cell(value)


def test_units_are_names_signs_or_codes_of_qudt() -> None:
    """The names of the list, what people write instead, and any other unit by its code."""
    assert {read_unit(text) for text in ("per cent", "%", "Percent", "unit:PERCENT")} == {UNITS["per cent"]}
    assert str(read_unit("unit:KiloGM")) == "http://qudt.org/vocab/unit/KiloGM"
    with pytest.raises(UnclearError, match="choose number, per cent"):
        read_unit("bananas")


def test_whole_numbers_are_figures_alone() -> None:
    """Offsets have no fractions and no words."""
    assert [whole("1,250"), whole(1250), whole(1250.0)] == [1250, 1250, 1250]
    for value in ("1.5", 1.5, "12 50", True, "-1", float("nan"), float("inf")):
        with pytest.raises(UnclearError):
            whole(value)


@pytest.mark.parametrize("value", [0.25, "0.25"])
def test_a_bare_fraction_beside_per_cent_is_asked_about(value: object) -> None:
    """It can be a quarter of one per cent, or 25; with its sign, or with no such unit, it is certain."""
    with pytest.raises(UnclearError, match=r"0\.25 % or 25 %\?"):
        quantity_of_cell(value, unit=UNITS["per cent"])
    assert shown(quantity_of_cell("0.25%", unit=UNITS["per cent"])) == ("0.25", "PERCENT")
    assert shown(quantity_of_cell(0.0025, "0.00%", UNITS["per cent"])) == ("0.25", "PERCENT")
    assert shown(quantity_of_cell(value, unit=UNITS["years"])) == ("0.25",)
    assert shown(quantity_of_cell(25, unit=UNITS["per cent"])) == ("25.0",)
