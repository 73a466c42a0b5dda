"""Numbers, money, shares and terms as people type them: understood without a guess, or refused with a reason."""

import re
from dataclasses import dataclass
from decimal import Decimal

from rdflib import Namespace, URIRef

from fsp.namespaces import SCHEME
from fsp.prefixes import PREFIXES
from fsp.validation.workbook.unclear import UnclearError

__all__ = ["UNITS", "Quantity", "quantity_of_cell", "read_quantity", "read_unit", "read_whole_number"]

_UNIT = Namespace(PREFIXES["unit"])

UNITS: dict[str, URIRef] = {
    "number": _UNIT.NUM,
    "per cent": _UNIT.PERCENT,
    "pounds sterling": _UNIT.CCY_GBP,
    "euros": _UNIT.CCY_EUR,
    "US dollars": _UNIT.CCY_USD,
    "years": _UNIT.YR,
    "months": _UNIT.MO,
    "weeks": _UNIT.WK,
    "days": _UNIT.DAY,
    "hours": _UNIT.HR,
    "tonnes": _UNIT.TONNE,
    "miles": _UNIT.MI,
    "kilometres": _UNIT.KiloM,
}
"""The units that a drop-down list offers, by name: any other unit of QUDT can be written, as `unit:KiloGM`."""

_SYMBOLS = {"£": _UNIT.CCY_GBP, "gbp": _UNIT.CCY_GBP, "€": _UNIT.CCY_EUR, "eur": _UNIT.CCY_EUR, "us$": _UNIT.CCY_USD}
_SYMBOLS |= {"usd": _UNIT.CCY_USD}
_CURRENCIES = frozenset(_SYMBOLS.values())
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
_LETTER_SCALES = {"k", "m", "mn"}
"""Letters that are metres or kilo-something where no money is told."""
_NAMES = {"%": _UNIT.PERCENT, "percent": _UNIT.PERCENT, "pound": _UNIT.CCY_GBP, "pounds": _UNIT.CCY_GBP}
_NAMES |= {"euro": _UNIT.CCY_EUR, "per annum": _UNIT.YR, "pa": _UNIT.YR, "p.a.": _UNIT.YR}
_NAMES |= {name.lower(): unit for name, unit in UNITS.items()}
_NAMES |= {name.removesuffix("s"): unit for name, unit in UNITS.items() if name.endswith("s")}

_BOUNDS = {"": "", "exactly": "exactly", "=": "exactly", "at least": "at-least", ">=": "at-least", "\u2265": "at-least"}
_BOUNDS |= {"+": "at-least", "over": "more-than", "more than": "more-than", ">": "more-than", "above": "more-than"}
_VAGUE = re.compile(
    r"(about|around|approx\w*\.?|approximately|circa|ca?\.|~|nearly|almost|roughly|some|up to|under|less than"
    r"|fewer than|below|<|at most|no more than)\s*\S.*",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?P<bound>exactly|at least|over|more than|above|=|>=|>|\u2265)?\s*"
    r"(?P<symbol>£|€|us\$|gbp|eur|usd)?\s*"
    r"(?P<number>[-+\u2212]?(\d[\d,]*)?(\.\d+)?)\s*"
    r"((?P<scale>thousand|million|billion|bn|mn|m|k)(?![a-z]))?(?P<more>\+)?\s*"
    r"(?P<unit>%|[a-z][a-z$ ]*?)??\s*"
    r"(?P<per>\b(an?|per|each|every)\s+(?P<time>year|month|week|day|hour|annum)|/\s*(?P<slash>year|month|week|day|hour)"
    r"|\bp\.?a\.?)?",
    re.IGNORECASE,
)
_LONGEST = 80
_HOW = "Write the number alone, such as 1250000 or 1,250,000, or with its unit: £17m, 5%, 3 years, £1m a year."


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, and what was typed with it.

    Attributes:
        value: the number, with its thousands and millions multiplied out.
        unit: the unit; None where none was typed.
        per: the unit that a rate is told for; None where none was typed.
        bound: the concept of the scheme bound; None where no word for it was typed.
    """

    value: Decimal
    unit: URIRef | None = None
    per: URIRef | None = None
    bound: URIRef | None = None

    @property
    def lexical(self) -> str:
        """The number as an xsd:decimal is written here: with a point, and no noughts behind that say nothing."""
        text = f"{self.value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text if "." in text else f"{text}.0"


def quantity_of_cell(value: object, number_format: str = "General", unit: URIRef | None = None) -> Quantity:
    """Return the quantity of what a cell holds.

    Args:
        value: text or a number; a spreadsheet's numbers have fifteen figures that count.
        number_format: the cell's format: `0%` and a currency say what the number is.
        unit: the unit that another cell of the row gives.

    Raises:
        UnclearError: it can mean several things, or none.
    """
    if isinstance(value, str):
        return read_quantity(value, unit)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnclearError(f"It is a date and no number: give the cell the format Text and write it again. {_HOW}")
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite():
        raise UnclearError(f"It is no number. {_HOW}")
    if "%" in number_format:
        return Quantity(number * 100, _UNIT.PERCENT)
    typed = next((_SYMBOLS[sign] for sign in "£€" if sign in number_format), None)
    return Quantity(_certain(number, typed, unit), typed)


def read_quantity(text: str, unit: URIRef | None = None) -> Quantity:
    """Return the quantity that a text tells.

    Args:
        text: such as `17000000`, `£17m`, `£1,000,000`, `5%`, `over £1m a year`, `18 months`, `160+`.
        unit: the unit that another cell of the row gives: where it is a currency, m is millions.

    Raises:
        UnclearError: it can mean several things, or none.
    """
    text = " ".join(text.split())
    match = _QUANTITY.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or not match["number"].strip("+-\u2212"):
        raise UnclearError(_reason(text))
    typed = _typed_unit(match)
    scale = (match["scale"] or "").lower()
    if scale in _LETTER_SCALES and not _CURRENCIES.intersection((typed, unit)):
        raise UnclearError(f"'{text}': '{scale}' can be thousands, millions, metres or more; write the number in full.")
    per = match["time"] or match["slash"] or ("year" if match["per"] else "")
    bound = _BOUNDS[(match["bound"] or match["more"] or "").lower()]
    return Quantity(
        value=_certain(_number(match["number"], text).scaleb(_SCALES.get(scale, 0)), typed, unit),
        unit=typed,
        per=_NAMES["year" if per.lower() == "annum" else per.lower()] if per else None,
        bound=SCHEME[f"bound/{bound}"] if bound else None,
    )


def read_unit(text: str) -> URIRef:
    """Return the unit that a text names: a name of the list, `%`, `£`, or a unit of QUDT as `unit:KiloGM`.

    Raises:
        UnclearError: it names none.
    """
    name = " ".join(text.lower().split())
    if name in _SYMBOLS or name in _NAMES:
        return _SYMBOLS.get(name) or _NAMES[name]
    code = re.fullmatch(rf"(?:unit:|{re.escape(str(_UNIT))})([A-Za-z0-9_-]+)", text.strip())
    if code:
        return _UNIT[code[1]]
    raise UnclearError(
        f"'{text}' is no unit that is known: choose {', '.join(UNITS)}, or write a unit of QUDT, such as unit:KiloGM."
    )


def read_whole_number(value: object) -> int:
    """Return the whole number that a cell holds.

    Raises:
        UnclearError: it holds something else.
    """
    if isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0:
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\d{1,15}|\d{1,3}(,\d{3}){1,4}", value.strip()):
        return int(value.replace(",", ""))
    raise UnclearError(f"'{value}' is no whole number: write figures alone, such as 1250.")


def _typed_unit(match: re.Match[str]) -> URIRef | None:
    symbol = _SYMBOLS[match["symbol"].lower()] if match["symbol"] else None
    if not match["unit"]:
        return symbol
    name = " ".join(match["unit"].lower().split())
    unit = _NAMES.get(name) or _SYMBOLS.get(name)
    if unit is None or (symbol and symbol != unit):
        raise UnclearError(f"'{match[0]}': '{match['unit']}' is no unit that is known here. {_HOW}")
    return unit


def _certain(number: Decimal, typed: URIRef | None, unit: URIRef | None) -> Decimal:
    """Return a number, unless it is a bare fraction beside the unit per cent, which can mean two things."""
    if typed is None and unit == _UNIT.PERCENT and 0 < abs(number) < 1:
        hundredfold = f"{(number * 100).normalize():f}"
        raise UnclearError(f"{number:f} % or {hundredfold} %? Write the number with its sign, as {hundredfold}%.")
    return number


def _number(figures: str, text: str) -> Decimal:
    """Return the number of figures in which commas may part thousands, and nothing else."""
    figures = figures.replace("\u2212", "-")
    whole = figures.lstrip("+-").partition(".")[0]
    if "," in whole and not re.fullmatch(r"\d{1,3}(,\d{3})+", whole):
        raise UnclearError(f"'{text}' has a comma that parts no thousands: write 1.5 or 1,500.")
    return Decimal(figures.replace(",", ""))


def _reason(text: str) -> str:
    if _VAGUE.fullmatch(text):
        return (
            f"'{text}' is not one number that the column 'bound' can qualify (exactly, at least, more than): write the "
            "figure that the source gives and say in the description how it is meant."
        )
    if re.search(r"\d\s*(-|\u2013|to|and|/)\s*[£€]?\d", text):
        return f"'{text}' is more than one number: write each in a row of its own."
    if "$" in text:
        return f"'{text}' does not say whose dollars: write the number alone, and the unit in its own column."
    if re.search(r"\d\.\d{3}\.", text):
        return f"'{text}' has two points: write thousands with commas or with nothing, 1,000,000 or 1000000."
    return f"'{text}' is no number that can be read. {_HOW}"
