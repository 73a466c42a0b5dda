"""The canned queries in OpenAPI: each a path of its own, with parameters and columns as its header and text say."""

from collections.abc import Iterator
from typing import Any, cast

import pyoxigraph as ox
from flask import current_app

from fsp.catalogue.answer import MOST_ROWS
from fsp.catalogue.parameters import Parameter as QueryParameter
from fsp.catalogue.parameters import ParameterType
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.execution.formats import Format
from fsp.web.negotiation import HTML
from fsp.web.operations import Parameter, Schema, Variant, path, query
from fsp.web.protocol import LEAST_TIMEOUT
from fsp.web.queries.formats import ROWS, formats_of
from fsp.web.schemas import ref

__all__ = ["EXTENSION", "each_query", "query_catalogue"]

EXTENSION = "fsp-catalogue"
"""The extension of the application that holds the catalogue."""

_PARAMETERS = (
    query("page", "Which page of the answer.", {"type": "integer", "minimum": 1, "maximum": 1_000_000_000}),
    query("page-size", "How many rows a page has.", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS}),
    query(
        "timeout",
        "Seconds that the query may take, if fewer than the service's own limit.",
        {"type": "number", "minimum": LEAST_TIMEOUT},
    ),
    query("version", "The version of the query that a permanent link pins."),
    query("dataset", "The digest of the dataset that a permanent link pins."),
    query("rows", "The digest of the rows that a permanent link pins."),
)
_SCHEMAS: dict[ParameterType, dict[str, Any]] = {
    ParameterType.CONCEPT: {"type": "string"},
    ParameterType.IRI: {"type": "string"},
    ParameterType.STRING: {"type": "string"},
    ParameterType.INTEGER: {"type": "integer"},
    ParameterType.DECIMAL: {"type": "number"},
    ParameterType.DATE: {"type": "string", "format": "date"},
    ParameterType.BOOLEAN: {"type": "boolean"},
}
_NAMED = " Named by IRI, short name or label."


def query_catalogue() -> Catalogue:
    """Return the catalogue of the application that handles this request."""
    return cast("Catalogue", current_app.extensions[EXTENSION])


def each_query(template: str) -> Iterator[Variant]:
    """Yield, for each canned query, its path, and its path with a suffix for the format.

    Args:
        template: the path of a rule, with `{name}` for the query's name.
    """
    for one in query_catalogue():
        formats = (*formats_of(one), HTML)
        names = [format_.name for format_ in formats]
        produces = {format_.media_type: _schema(one, format_) for format_ in formats}
        parameters = (*map(_parameter, one.parameters.values()), *_PARAMETERS)
        named = template.replace("{name}", one.name)
        choice = {"type": "string", "enum": names}
        yield Variant(
            named,
            one.summary,
            one.description,
            (*parameters, query("format", "Format of the answer, by name; it outweighs the Accept header.", choice)),
            produces,
        )
        suffix = path("suffix", "Format of the answer, by name.", choice)
        yield Variant(named + ".{suffix}", one.summary, one.description, (suffix, *parameters), produces)


def _schema(one: CannedQuery, format_: Format) -> Schema | None:
    """Return what the JSON of a query has: its columns by name, each of which a row may lack."""
    if format_ == ROWS:
        return ref("PlainRows")
    if one.form != "SELECT" or format_.name != "json":
        return None
    # The engine tells what is projected; over nothing, so that it evaluates nothing.
    solutions = cast("ox.QuerySolutions", ox.Store().query(one.text))
    names = [variable.value for variable in solutions.variables]
    terms = {name: {**ref("SparqlTerm"), "description": one.column(name).description} for name in names}
    row = {"type": "object", "properties": terms, "additionalProperties": False}
    own = {
        "head": {"properties": {"vars": {"const": names}}},
        "results": {"properties": {"bindings": {"items": row}}},
    }
    return {"allOf": [ref("SparqlResults"), {"required": ["results"], "properties": own}]}


def _parameter(one: QueryParameter) -> Parameter:
    schema = dict(_SCHEMAS[one.type])
    if one.choices:
        schema["enum"] = [choice.term.value for choice in one.choices]
    kind = _NAMED if one.type.is_iri else ""
    default = ", ".join(term.value for term in one.default)
    return query(
        one.name,
        f"{one.label}: {one.description}{kind}" + (f" Without it: {default}." if default else ""),
        schema,
        required=one.required and not one.default,
        many=True,
    )
