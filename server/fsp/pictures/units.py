"""What people call the units of QUDT that the data count in."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

__all__ = ["UNITS", "number", "quantity", "unit_name"]

UNITS = {
    "CCY_GBP": lazy_gettext("Pounds sterling"),
    "HR": lazy_gettext("Hours"),
    "NUM": lazy_gettext("Number"),
    "PERCENT": lazy_gettext("Per cent"),
    "YR": lazy_gettext("Years"),
    "MO": lazy_gettext("Months"),
}
"""What the codes of units, the last parts of their IRIs, stand for."""
_PER = {"YR": lazy_gettext("a year"), "MO": lazy_gettext("a month")}


def unit_name(unit: str, per: str = "") -> str:
    """Return the name of a unit, such as 'Pounds sterling a year'.

    Args:
        unit: its code, the last part of its IRI; one that has no name here is shown itself.
        per: code of the unit that it is counted by, or nothing.
    """
    name = str(UNITS.get(unit, unit))
    return name if not per else f"{name} {_PER.get(per) or _('per %(unit)s', unit=per)}"


def quantity(value: float, unit: str, per: str = "", bound: str = "") -> str:
    """Return a number as people write it: 'more than £1,000,000 a year'.

    Args:
        value: the number.
        unit: code of its unit, or nothing.
        per: code of the unit that it is counted by, or nothing.
        bound: how it is to be read, such as 'at least'; nothing where that is not told.
    """
    written = number(value)
    if unit == "CCY_GBP":
        said = f"£{written}"
    elif unit == "PERCENT":
        said = f"{written} %"
    elif unit in {"", "NUM"}:
        said = written
    else:
        said = f"{written} {unit_name(unit).lower() if unit in UNITS else unit}"
    rate = f" {_PER.get(per) or _('per %(unit)s', unit=per)}" if per else ""
    return f"{bound} {said}{rate}".strip()


def number(value: float) -> str:
    """Return a number as people read it: with separators, and no more digits than it has."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.10g}"
