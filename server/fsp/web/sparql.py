"""The SPARQL endpoint: queries by GET and POST, the service description, and a page for people."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request

from fsp.errors import FspError, LimitError, ParameterError
from fsp.execution.formats import BY_NAME, GRAPH_FORMATS, SOLUTION_FORMATS, Format
from fsp.execution.interface import QueryRequest
from fsp.execution.preview import Preview, read_preview
from fsp.web.answers import respond
from fsp.web.description import describe_service
from fsp.web.errors import RETRY_AFTER, describe
from fsp.web.negotiation import HTML, Choice, choose, choose_description
from fsp.web.operations import operation, path, query
from fsp.web.protocol import FORM, LEAST_TIMEOUT, QUERY, ProtocolRequest, read_request
from fsp.web.schemas import GRAPHS, PAGE, SOLUTIONS, TEXT
from fsp.web.service import current_service

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)

_EXAMPLE = """\
PREFIX fsp: <https://w3id.org/fsp/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

# What classes of things are there, and how many of each?
SELECT ?class (COUNT(?thing) AS ?things)
WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things)
"""

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
    parameters=[path("suffix", _FORMAT, _NAMES), _QUERY, *_PARAMETERS],
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
        return _result_page(query) if choice.html else respond(query)
    if not asked.bare:
        raise ParameterError("There is no query: send one as the parameter 'query'.", parameter="query")
    format_ = choose_description(accept, asked.formats)
    return _page(_EXAMPLE) if format_ is HTML else _description(format_)


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


def _result_page(query: QueryRequest) -> Response:
    """Show an answer, or what is wrong with the query beside its text."""
    try:
        result = read_preview(current_service().executor, query)
    except FspError as error:
        response = _page(query.query, error=error)
        response.status_code = error.status
        if isinstance(error, LimitError):
            response.headers["Retry-After"] = RETRY_AFTER
        return response
    return _page(query.query, result=result, request=query)


def _page(
    text: str, *, result: Preview | None = None, request: QueryRequest | None = None, error: FspError | None = None
) -> Response:
    is_graph = result is not None and result.text is not None
    response = make_response(
        render_template(
            "sparql.html",
            text=text,
            result=result,
            query=request,
            error=error and describe(error),
            download=_download,
            formats=GRAPH_FORMATS if is_graph else SOLUTION_FORMATS,
        )
    )
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Accept",))
    return response


def _download(query: QueryRequest, format_: Format) -> dict[str, Any]:
    """Return the parameters of a link to the same answer in one format."""
    parameters = {
        "query": query.query,
        "default-graph-uri": list(query.default_graphs),
        "named-graph-uri": list(query.named_graphs),
        "timeout": query.timeout,
        "format": format_.name,
    }
    return {name: value for name, value in parameters.items() if value}
