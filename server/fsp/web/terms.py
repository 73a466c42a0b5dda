"""Show RDF terms in pages: short names, and links only to web addresses."""

import re
from typing import Any

import pyoxigraph as ox
from flask import Flask

from fsp.execution.preview import short
from fsp.prefixes import PREFIXES

__all__ = ["init_app"]

_GROUPED_FROM = 5
_MOST_DIGITS = 100
_NUMBERS = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float")}


def init_app(app: Flask) -> None:
    """Make the terms known to the templates."""
    app.jinja_env.filters |= {"short": short, "grouped": _grouped}
    app.jinja_env.tests |= {
        "iri": _is_iri,
        "web_address": _is_web_address,
        "literal": _is_literal,
        "number_literal": _is_number,
    }


def _grouped(term: ox.Literal) -> str:
    """Return a number as people write it: from five digits on in groups of three, so that a year stays whole."""
    sign, whole, rest = re.fullmatch(r"([+-]?)([0-9]*)(.*)", term.value, re.DOTALL).groups()  # type: ignore[union-attr]
    grouped = f"{int(whole):,}" if _GROUPED_FROM <= len(whole) <= _MOST_DIGITS else whole
    return f"{sign}{grouped}{rest}"


def _is_iri(term: Any) -> bool:  # noqa: ANN401 - a template tests whatever it holds
    return isinstance(term, ox.NamedNode)


def _is_web_address(term: Any) -> bool:  # noqa: ANN401
    """Say whether a link to it is safe: an IRI with another scheme may run code in the page."""
    return _is_iri(term) and term.value.startswith(("http://", "https://"))


def _is_literal(term: Any) -> bool:  # noqa: ANN401
    return isinstance(term, ox.Literal)


def _is_number(term: Any) -> bool:  # noqa: ANN401
    return _is_literal(term) and term.datatype.value in _NUMBERS
