"""What answers look like: the components that the description in OpenAPI refers to."""

from http import HTTPStatus
from typing import Any

from fsp.execution.formats import GRAPH_FORMATS, SOLUTION_FORMATS

__all__ = [
    "BINARY",
    "CONFORMS",
    "GRAPHS",
    "HEADERS",
    "PAGE",
    "SCHEMAS",
    "SOLUTIONS",
    "TEXT",
    "error_response",
    "ref",
    "usual_schema",
]

PAGE = "text/html"
SOLUTIONS = tuple(format_.media_type for format_ in SOLUTION_FORMATS)
GRAPHS = tuple(format_.media_type for format_ in GRAPH_FORMATS)

TEXT: dict[str, Any] = {"type": "string"}
BINARY: dict[str, Any] = {}
"""OpenAPI 3.1, section 4.8.14.3: a body of bytes has no schema of its own."""
CONFORMS = "Fsp-Conforms"
"""The header that says `true` or `false` of what was checked."""


def ref(name: str) -> dict[str, str]:
    """Return a reference to one of `SCHEMAS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def usual_schema(media_type: str) -> dict[str, Any]:
    """Return the schema of an answer of which no more is said than its media type."""
    if media_type == "application/sparql-results+json":
        return ref("SparqlResults")
    if media_type.endswith("json"):
        return {"type": ["object", "array"]}
    if media_type.startswith("text/") or media_type.endswith(("xml", "-triples", "/trig", "-quads")):
        return TEXT
    return BINARY


def error_response(status: int) -> dict[str, Any]:
    """Return the one answer to everything that goes wrong, with what a status means here."""
    response: dict[str, Any] = {
        "description": _STATUSES[status],
        "content": {"application/json": {"schema": ref("Error")}, "text/html": {"schema": TEXT}},
    }
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return response


_STATUSES = {
    400: "Something in the request cannot be used: the message says what, where and what to do.",
    403: "An update, or a SERVICE that is not allowed.",
    404: "There is nothing at this address.",
    406: "The answer does not come in the format that is asked for.",
    410: "What was at this address is retired; the message names what replaces it.",
    413: "The request is larger than the service reads, or takes more to work on than it may.",
    415: "The body is in no format that is read here.",
    500: "The service failed; the reason is logged.",
    502: "The engine behind the service failed.",
    503: "A limit of the service was met; the header Retry-After says when to come back.",
}

_LINE = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 0}
HEADERS: dict[str, dict[str, Any]] = {
    "Content-Disposition": {"description": "The name of the file that it is saved as.", "schema": _LINE},
    "ETag": {
        "description": "Names these very bytes, as long as the data do not change (RFC 9110, section 8.8.3). An answer "
        "that may differ each time has none.",
        "schema": _LINE,
    },
    CONFORMS: {
        "description": "Whether what was sent conforms.",
        "schema": {"type": "string", "enum": ["true", "false"]},
    },
    "Fsp-Changed": {
        "description": "What of a permanent link is another thing now: `none`, or some of `query`, `dataset`, `rows`.",
        "schema": _LINE,
    },
    "Fsp-Rows": {"description": "How many rows the whole answer has.", "schema": _COUNT},
    "Fsp-Truncated": {
        "description": "Whether this is one page of several.",
        "schema": {"type": "string", "enum": ["true", "false"]},
    },
    "Link": {"description": "Addresses that go with this one (RFC 8288).", "schema": _LINE},
    "Location": {"description": "The address to go on to.", "schema": _LINE},
    "Repr-Digest": {"description": "The digest of the whole file (RFC 9530).", "schema": _LINE},
    "Retry-After": {
        "description": "Seconds to wait before the next request (RFC 9110, section 10.2.3).",
        "schema": {"type": "integer", "minimum": 0},
    },
    "Vary": {"description": "The headers of the request on which the answer depends.", "schema": _LINE},
}


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:  # noqa: ANN401
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties, **more}


_OBJECTS = {"type": "array", "items": {"type": "object"}}
_TEXTS = {"type": "array", "items": TEXT}

SCHEMAS: dict[str, dict[str, Any]] = {
    "Error": _object(
        {
            "ok": {"const": False},
            "error": {"type": "string", "description": "What is wrong and what to do next."},
            "errors": {
                "type": "array",
                "items": _object(
                    {
                        "message": TEXT,
                        "line": {"type": "integer", "minimum": 1},
                        "column": {"type": "integer", "minimum": 1},
                        "limit": TEXT,
                        "parameter": TEXT,
                        "successor": {
                            "type": "string",
                            "description": "IRI of what took the place of a retired thing.",
                        },
                    },
                    optional=("line", "column", "limit", "parameter", "successor"),
                ),
            },
            "status": {"type": "integer"},
        },
        description="What every error looks like.",
    ),
    "Flyout": _object(
        {"id": TEXT, "html": TEXT},
        description="A small piece of HTML about a suggestion (Reconciliation API 0.2, 6.5).",
    ),
    "Health": _object(
        {
            "ok": {"const": True},
            "version": TEXT,
            "digest": {"type": ["string", "null"], "description": "Of the data; null where another engine has them."},
            "triples": {"type": ["integer", "null"], "description": "In the default graph."},
        }
    ),
    "PlainRows": _object(
        {
            "url": {"type": "string", "format": "uri"},
            "dataset": {"type": ["string", "null"], "description": "The digest of the data."},
            "next": {"type": ["string", "null"], "description": "The address of the next page."},
            "query": TEXT,
            "question": TEXT,
            "version": TEXT,
            "total": {**_COUNT, "description": "How many rows the whole answer has."},
            "page": _COUNT,
            "pages": _COUNT,
            "pageSize": _COUNT,
            "truncated": {"type": "boolean", "description": "Whether this is one page of several."},
            "coverage": _OBJECTS,
            "columns": _OBJECTS,
            "rows": _OBJECTS,
            "evidence": _OBJECTS,
            "evidenceTruncated": {"type": "boolean"},
        },
        description="An answer with one object a row, for programs that know nothing of RDF.",
    ),
    "ProposedProperties": _object(
        {
            "properties": {"type": "array", "items": _object({"id": TEXT, "name": TEXT})},
            "type": TEXT,
            "limit": _COUNT,
        },
        optional=("type", "limit"),
        description="Properties that can be fetched (Reconciliation API 0.2, section 7.2).",
    ),
    "QueryList": {"type": "array", "items": ref("Query")},
    "Query": _object(
        {
            "name": TEXT,
            "url": {"type": "string", "format": "uri"},
            "summary": {"type": "string", "description": "Its question."},
            "description": TEXT,
            "tags": _TEXTS,
            "picture": {"type": ["string", "null"]},
            "form": {"enum": ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]},
            "version": {"type": "string", "description": "Another one whenever the query changes."},
            "parameters": _OBJECTS,
            "columns": _OBJECTS,
            "coverage": _TEXTS,
            "sparql": TEXT,
        },
        description="A canned query.",
    ),
    "Report": _object(
        {
            "conforms": {"type": "boolean"},
            "readable": {"type": "boolean"},
            "checked": {**_COUNT, "description": "How many things some shape was about."},
            "summary": TEXT,
            "files": _TEXTS,
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            "findings": _OBJECTS,
            "remarks": _OBJECTS,
        },
        description="What is told of files that were checked; docs/report.schema.json has every detail.",
    ),
    "SparqlResults": {
        "description": "SPARQL 1.1 Query Results JSON Format: the solutions of SELECT, or the boolean of ASK.",
        "type": "object",
        "required": ["head"],
        "properties": {
            "head": {"type": "object", "properties": {"vars": _TEXTS, "link": _TEXTS}},
            "results": _object(
                {
                    "bindings": {
                        "type": "array",
                        "items": {"type": "object", "additionalProperties": ref("SparqlTerm")},
                    }
                }
            ),
            "boolean": {"type": "boolean"},
        },
        "oneOf": [{"required": ["results"]}, {"required": ["boolean"]}],
    },
    "SparqlTerm": _object(
        {
            "type": {"enum": ["uri", "literal", "bnode"]},
            "value": TEXT,
            "xml:lang": TEXT,
            "datatype": {"type": "string", "description": "IRI of a literal's datatype."},
        },
        optional=("xml:lang", "datatype"),
        description="An RDF term (SPARQL 1.1 Query Results JSON Format, section 3.2.2).",
    ),
    "Suggestions": _object(
        {"result": {"type": "array", "items": _object({"id": TEXT, "name": TEXT})}},
        description="What may be meant (Reconciliation API 0.2, section 6.2).",
    ),
    "Vocabulary": _object(
        {
            "prefixes": {"type": "object", "additionalProperties": TEXT},
            "terms": {
                "type": "array",
                "items": _object(
                    {
                        "name": {"type": "string", "description": "As a query writes it."},
                        "label": TEXT,
                        "kind": {"enum": ["class", "property", "concept", "thing", "graph"]},
                        "definition": TEXT,
                    },
                    optional=("definition",),
                ),
            },
            "complete": {"type": "boolean", "description": "Whether these are all."},
        },
        description="The prefixes and terms of the dataset.",
    ),
}
