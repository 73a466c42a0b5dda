"""The terms of RDF that statements are made of."""

import json
from decimal import Decimal
from functools import cache
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from fsp.linking.imports.record import Scalar
from fsp.namespaces import THING

__all__ = ["decimal", "json_text", "literal", "named", "thing", "web_address"]


def thing(kind: str, *steps: str) -> ox.NamedNode:
    """Return the IRI of a thing, after the UK public-sector URI pattern."""
    return ox.NamedNode(THING["/".join((kind, *(quote(step, safe="") for step in steps)))])


def literal(text: str, datatype: str | None = None) -> ox.Literal:
    """Return a literal of a datatype, or a plain one."""
    return ox.Literal(text) if datatype is None else ox.Literal(text, datatype=named(datatype))


def web_address(text: str) -> bool:
    """Tell whether a text is an address on the web that RDF can carry."""
    try:
        parts = urlsplit(text)
        ox.NamedNode(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not set(text) & set(' <>"{}|\\^`')


@cache
def named(iri: str) -> ox.NamedNode:
    """Return a term of a vocabulary; there are few."""
    return ox.NamedNode(str(iri))


def decimal(number: Decimal) -> str:
    """Return a number as the project writes an `xsd:decimal`: with a point."""
    text = format(number, "f")
    return text if "." in text else f"{text}.0"


def json_text(value: Scalar) -> str:
    """Return a value as JSON, a number as it was written."""
    if isinstance(value, Decimal):
        return str(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value)
