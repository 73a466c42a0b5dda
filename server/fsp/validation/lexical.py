"""Whether a literal's text is one of its datatype (XML Schema 1.1 Part 2), and what it stands for."""

import re
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

__all__ = ["CHECKED", "is_far_day", "is_well_formed", "plain_value"]

_DATE = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-([0-9]{2})-([0-9]{2})"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_INTEGER = r"[+-]?[0-9]+"
_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_DOUBLE = rf"{_DECIMAL}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_NATURAL = r"\+?[0-9]+|-0+"

_FORMS: dict[URIRef, re.Pattern[str]] = {
    XSD.integer: re.compile(_INTEGER),
    XSD.int: re.compile(_INTEGER),
    XSD.long: re.compile(_INTEGER),
    XSD.nonNegativeInteger: re.compile(_NATURAL),
    XSD.positiveInteger: re.compile(r"\+?0*[1-9][0-9]*"),
    XSD.decimal: re.compile(_DECIMAL),
    XSD.double: re.compile(_DOUBLE),
    XSD.float: re.compile(_DOUBLE),
    XSD.boolean: re.compile("true|false|1|0"),
    XSD.date: re.compile(f"{_DATE}{_ZONE}"),
    XSD.dateTime: re.compile(f"{_DATE}T{_TIME}{_ZONE}"),
    XSD.time: re.compile(f"{_TIME}{_ZONE}"),
    XSD.gYear: re.compile(rf"-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}}){_ZONE}"),
    XSD.gYearMonth: re.compile(rf"-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}})-(?:0[1-9]|1[0-2]){_ZONE}"),
    XSD.duration: re.compile(
        r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
    ),
}
_WITH_DAY = {XSD.date, XSD.dateTime}
_PLAIN = {
    XSD.integer: re.compile(r"0|-?[1-9][0-9]{0,17}"),
    XSD.decimal: re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?"),
    XSD.date: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
_FIRST_YEAR = 1000
CHECKED = frozenset(_FORMS)
"""The datatypes whose texts are checked."""


def is_well_formed(literal: Literal) -> bool:
    """Return whether the text of a literal is one of its datatype; of a datatype that is not known here, any is."""
    form = _FORMS.get(literal.datatype) if literal.datatype is not None else None
    if form is None:
        return True
    found = form.fullmatch(str(literal))
    if found is None:
        return False
    return literal.datatype not in _WITH_DAY or _is_day(*(int(part) for part in found.groups()[:3]))


def plain_value(literal: Literal) -> Decimal | date | None:
    """Return what a number or day stands for, where every engine takes it alike; None for anything else."""
    form = _PLAIN.get(literal.datatype) if literal.datatype is not None else None
    if form is None or not form.fullmatch(str(literal)) or not is_well_formed(literal):
        return None
    if literal.datatype != XSD.date:
        return Decimal(str(literal))
    if int(str(literal)[:4]) < _FIRST_YEAR:
        return None
    return date.fromisoformat(str(literal))


def is_far_day(literal: Literal) -> bool:
    """Return whether a well-formed day is one that engines cannot compare with others: its year is not 1 to 9999."""
    found = _FORMS[literal.datatype].fullmatch(str(literal)) if literal.datatype in _WITH_DAY else None
    return found is not None and not MINYEAR <= int(found[1]) <= MAXYEAR


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        # Leap years come again every 400 years, which keeps far years within what Python knows.
        date(year % 400 + 400, month, day)
    except ValueError:
        return False
    return True
