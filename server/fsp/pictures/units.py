"""What people call the units of QUDT that the data count in."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

__all__ = ["unit_name"]

_NAMES = {
    "CCY_GBP": lazy_gettext("Pounds sterling"),
    "HR": lazy_gettext("Hours"),
    "NUM": lazy_gettext("Number"),
    "PERCENT": lazy_gettext("Per cent"),
    "YR": lazy_gettext("Years"),
    "MO": lazy_gettext("Months"),
}
_PER = {"YR": lazy_gettext("a year"), "MO": lazy_gettext("a month")}


def unit_name(unit: str, per: str = "") -> str:
    """Return the name of a unit, such as 'Pounds sterling a year'.

    Args:
        unit: its code, the last part of its IRI; one that has no name here is shown itself.
        per: code of the unit that it is counted by, or nothing.
    """
    name = str(_NAMES.get(unit, unit))
    return name if not per else f"{name} {_PER.get(per) or _('per %(unit)s', unit=per)}"
