"""Faults of a user's files in units of measurement: ones that QUDT does not have, or that are not known here."""

from collections.abc import Iterator
from functools import cache

from babel.numbers import list_currencies
from rdflib import URIRef

from fsp.prefixes import PREFIXES
from fsp.validation.known import Known, nearest
from fsp.validation.report import Severity
from fsp.validation.slip import Mended, Slip
from fsp.validation.wording import Wording
from fsp.validation.workbook.quantities import UNITS, read_unit
from fsp.validation.workbook.unclear import UnclearError

__all__ = ["unit_slips"]

_UNIT = PREFIXES["unit"]
_QUDT = (
    "AC", "CentiM", "CentiM2", "CentiM3", "DEG_C", "DEG_F", "FRACTION", "FT", "FT2", "FT3", "GM", "GigaJ", "GigaW",
    "GigaW-HR", "HA", "HR", "IN", "J", "KiloGM", "KiloJ", "KiloM", "KiloM2", "KiloW", "KiloW-HR", "L", "LB", "M",
    "M2", "M3", "MI2", "MIN", "MegaJ", "MegaW", "MegaW-HR", "MilliGM", "MilliL", "MilliM", "OZ", "PPB", "PPM",
    "SEC", "TeraW-HR", "UNITLESS", "W", "W-HR", "YD", "YD2", "YD3",
)  # fmt: skip
"""Units of QUDT that a case may well have, and that look like others."""
_CURRENCY = "CCY_"


def unit_slips(mended: Mended, words: Wording, known: Known) -> Iterator[Slip]:
    """Yield a slip for each unit that is not known: a Violation where it is nearly one that is, else a Warning.

    Args:
        mended: the user's triples, as mended before.
        words: the words to tell them in.
        known: what there is.
    """
    own = frozenset(unit.removeprefix(_UNIT) for unit in UNITS.values()) | known.used.get(_UNIT, frozenset())
    names = own | _others()
    told: set[URIRef] = set()
    for subject, predicate, value in sorted(mended.graph):
        if not isinstance(value, URIRef) or not value.startswith(_UNIT) or value in told:
            continue
        name = value.removeprefix(_UNIT)
        if name in names:
            continue
        told.add(value)
        guess = _meant(name, own) or nearest(name, names)
        right = None if guess is None else URIRef(_UNIT + guess)
        written = words.written(value)
        yield Slip(
            rule="unknown-unit",
            title="Unit that is not known",
            message=(
                f"There is no unit {written}: did you mean {words.written(right)}?"
                if right is not None
                else f"The unit {written} is not known here: see that QUDT has it, or take one that is used already."
            ),
            place=mended.find(subject, predicate, value),
            focus=subject,
            predicate=predicate,
            value=value,
            example="" if right is None else f"{words.written(predicate)} {words.written(right)} ;",
            severity=Severity.WARNING if right is None else Severity.VIOLATION,
            terms=() if right is None else ((str(value), str(right)),),
        )


@cache
def _others() -> frozenset[str]:
    return frozenset({*_QUDT, *(_CURRENCY + code for code in list_currencies())})


def _meant(name: str, own: frozenset[str]) -> str | None:
    """Return the unit that was meant: by its name in English, or by nearly its code."""
    try:
        return read_unit(name.replace("_", " ")).removeprefix(_UNIT)
    except UnclearError:
        return nearest(name, own)
