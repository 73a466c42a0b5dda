"""The SPARQL endpoint: queries by GET and POST, the service description, and a page for people."""

from flask import Blueprint, Response, abort, request

from fsp.errors import NotAcceptableError, ParameterError
from fsp.execution.formats import BY_NAME, Format
from fsp.execution.interface import QueryRequest
from fsp.web.answers import respond
from fsp.web.description import describe_service
from fsp.web.negotiation import HTML, Choice, choose, choose_description
from fsp.web.operations import operation, path, query
from fsp.web.protocol import FORM, LEAST_TIMEOUT, QUERY, ProtocolRequest, read_request
from fsp.web.schemas import GRAPHS, PAGE, SOLUTIONS, TEXT
from fsp.web.service import current_service
from fsp.web.sparqlpage import show_answer, show_start

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)

_STARTS = {"text", "example"}
"""Parameters of the page that say what stands in it at first; nothing is run for them."""

_NAMES = {"type": "string", "enum": [*BY_NAME, HTML.name]}
_FORMAT = "Format of the answer, by name; it outweighs the Accept header."
_IRI = {"type": "string", "format": "iri"}
_QUERY = query("query", "The query, in SPARQL 1.1. Without it, the answer is the service description.")
_PARAMETERS = (
    query("default-graph-uri", "Graph to ask as the default graph; it outweighs FROM.", _IRI, many=True),
    query("named-graph-uri", "Graph that GRAPH may name; it outweighs FROM NAMED.", _IRI, many=True),
    query(
        "timeout",
        "Seconds that the query may take, if fewer than the service's own limit.",
        {"type": "number", "minimum": LEAST_TIMEOUT},
    ),
    query("format", _FORMAT, _NAMES),
    query("output", "As format, for the sake of SPARQLWrapper; the first that is known counts."),
    query("results", "As format, for the sake of SPARQLWrapper; the first that is known counts."),
)
_STARTING = (
    query("text", "A query that stands in the page at first, and is not run."),
    query("example", "The name of a canned query that stands in the page at first."),
)
_FORM_BODY = {
    "type": "object",
    "required": ["query"],
    "properties": {one.name: {"type": "array", "items": one.schema} if one.many else one.schema for one in _PARAMETERS}
    | {"query": TEXT},
}
_ERRORS = (400, 403, 404, 406, 413, 502, 503)


@blueprint.route("/sparql.<suffix>", methods=["GET", "POST"])
@blueprint.route("/sparql/", methods=["GET", "POST"])
@blueprint.route("/sparql", methods=["GET", "POST"])
@operation(
    *SOLUTIONS,
    *GRAPHS,
    PAGE,
    methods=["GET"],
    parameters=[path("suffix", _FORMAT, _NAMES), _QUERY, *_PARAMETERS, *_STARTING],
    headers=["ETag", "Vary"],
    errors=_ERRORS,
)
@operation(
    *SOLUTIONS,
    *GRAPHS,
    PAGE,
    methods=["POST"],
    parameters=[path("suffix", _FORMAT, _NAMES), *_PARAMETERS],
    body={QUERY: TEXT, FORM: _FORM_BODY},
    headers=["Vary"],
    errors=(*_ERRORS, 415),
    summary="Answer a query that the body carries (SPARQL 1.1 Protocol, sections 2.1.2 and 2.1.3).",
)
def sparql(suffix: str | None = None) -> Response:
    """Answer a query (SPARQL 1.1 Protocol, section 2.1), or describe the service where there is none."""
    if suffix is not None and suffix not in {*BY_NAME, HTML.name}:
        abort(404)
    asked = read_request(request, query_size=current_service().settings.limits.query, suffix=suffix)
    accept = request.headers.get("Accept", "")
    if asked.query is not None:
        choice = choose(accept, asked.formats)
        query = _query_request(asked.query, asked, choice)
        if choice.html:
            return show_answer(query)
        try:
            return respond(query)
        except NotAcceptableError:
            if choice.page:  # the only one of the formats accepted that this answer comes in
                return show_answer(query)
            raise
    is_start = _STARTS.intersection(request.args) and request.method != "POST"
    if not (asked.bare or is_start):
        raise ParameterError("There is no query: send one as the parameter 'query'.", parameter="query")
    format_ = choose_description(accept, asked.formats)
    return show_start() if format_ is HTML else _description(format_)


def _query_request(query: str, asked: ProtocolRequest, choice: Choice) -> QueryRequest:
    return QueryRequest(
        query=query,
        solutions=choice.solutions,
        graph=choice.graph,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        timeout=asked.timeout,
    )


def _description(format_: Format) -> Response:
    """Describe the service at the bare address (SPARQL 1.1 Service Description, section 2)."""
    body = describe_service(current_service(), request.base_url.removesuffix(f".{format_.name}"), format_.name)
    response = Response(body, content_type=format_.content_type)
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(("Accept",))
    response.add_etag()
    response.make_conditional(request)
    return response
