"""What a parameter of a canned query is, and how a literal is made of what a caller gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pyoxigraph as ox

from fsp.errors import ParameterError
from fsp.prefixes import PREFIXES

__all__ = ["Choice", "Parameter", "ParameterType", "Term", "literal", "quoted"]

Term = ox.NamedNode | ox.Literal

_LONGEST_SHOWN = 80


class ParameterType(StrEnum):
    """What a parameter's terms are: IRIs of two kinds, or literals of five datatypes."""

    CONCEPT = "concept"
    IRI = "iri"
    STRING = "string"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"

    @property
    def is_iri(self) -> bool:
        """Whether the terms are IRIs."""
        return self in {ParameterType.CONCEPT, ParameterType.IRI}

    @property
    def datatype(self) -> str:
        """IRI of the literals' datatype."""
        return PREFIXES["xsd"] + self.value


@dataclass(frozen=True, slots=True)
class Choice:
    """A term that can be chosen, and what a person calls it."""

    term: Term
    label: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a canned query.

    Attributes:
        name: of the variable in its VALUES block.
        label: its name for people.
        description: what choosing a value does.
        type: what its terms are.
        scheme: IRI of the concept scheme that a concept belongs to.
        class_: IRI of the class that an IRI belongs to, if it must belong to one.
        choices: the only literals that are allowed, where the header lists them.
        choices_query: a SELECT of ?value and ?label that lists IRIs to choose from.
        required: whether at least one value must be given, so that 'any' is refused.
        default: the terms that stand in the file; none means any.
    """

    name: str
    label: str
    description: str
    type: ParameterType
    scheme: str | None = None
    class_: str | None = None
    choices: tuple[Choice, ...] = ()
    choices_query: str | None = None
    required: bool = False
    default: tuple[Term, ...] = ()

    @property
    def option(self) -> str:
        """Its option on the command line: `--supplier-sector` for `supplierSector`."""
        return "--" + re.sub(r"(?<!^)([A-Z])", r"-\1", self.name).lower()


def literal(parameter: Parameter, text: str) -> ox.Literal:
    """Return what a caller gave as a literal of the parameter's datatype.

    Raises:
        ParameterError: it is no value of that datatype, or not among the choices.
    """
    expected = _EXPECTED[parameter.type]
    if parameter.type is not ParameterType.STRING:
        text = text.strip()
    if not _is_lexical(parameter.type, text):
        raise ParameterError(f"{quoted(text)} is no value of '{parameter.name}': {expected}.", parameter=parameter.name)
    term = ox.Literal(text, datatype=ox.NamedNode(parameter.type.datatype))
    allowed = [choice.term for choice in parameter.choices]
    if allowed and term not in allowed:
        raise ParameterError(
            f"{quoted(text)} is no value of '{parameter.name}'. Choose from {_listed(allowed)}.",
            parameter=parameter.name,
        )
    return term


def quoted(text: str) -> str:
    """Return what a caller gave for a message: in quotes, and not too long."""
    shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return f"'{shown}'"


_EXPECTED = {
    ParameterType.STRING: "it is a text without half characters (surrogates)",
    ParameterType.INTEGER: "it is a whole number, such as 2009",
    ParameterType.DECIMAL: "it is a number, such as 2.5",
    ParameterType.DATE: "it is a date as year, month and day, such as 2012-04-30",
    ParameterType.BOOLEAN: "it is true or false",
}
_NUMBERS = {
    ParameterType.INTEGER: re.compile(r"[+-]?[0-9]{1,100}"),
    ParameterType.DECIMAL: re.compile(r"[+-]?(?:[0-9]{1,100}(?:\.[0-9]{0,100})?|\.[0-9]{1,100})"),
}


def _is_lexical(type_: ParameterType, text: str) -> bool:
    """Say whether a text is in the datatype's lexical space (XML Schema 1.1 part 2; of dates, the plain ones)."""
    if type_ in _NUMBERS:
        return _NUMBERS[type_].fullmatch(text) is not None
    if type_ is ParameterType.DATE:
        return _is_date(text)
    if type_ is ParameterType.BOOLEAN:
        return text in {"true", "false"}
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _listed(terms: Sequence[Term]) -> str:
    return ", ".join(term.value for term in terms)
