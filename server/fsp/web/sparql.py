"""The SPARQL endpoint: queries by GET and POST, the service description, and a page for people."""

from flask import Blueprint, Response, abort, request

from fsp.errors import ParameterError
from fsp.execution.formats import BY_NAME, Format
from fsp.execution.interface import QueryRequest
from fsp.web.answers import respond
from fsp.web.description import describe_service
from fsp.web.negotiation import HTML, Choice, choose, choose_description
from fsp.web.protocol import ProtocolRequest, read_request
from fsp.web.service import current_service
from fsp.web.sparqlpage import show_answer, show_start

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)

_STARTS = {"text", "example"}
"""Parameters of the page that say what stands in it at first; nothing is run for them."""


@blueprint.route("/sparql.<suffix>", methods=["GET", "POST"])
@blueprint.route("/sparql/", methods=["GET", "POST"])
@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql(suffix: str | None = None) -> Response:
    """Answer a query (SPARQL 1.1 Protocol, section 2.1), or describe the service where there is none."""
    if suffix is not None and suffix not in {*BY_NAME, HTML.name}:
        abort(404)
    asked = read_request(request, query_size=current_service().settings.limits.query, suffix=suffix)
    accept = request.headers.get("Accept", "")
    if asked.query is not None:
        choice = choose(accept, asked.formats)
        query = _query_request(asked.query, asked, choice)
        return show_answer(query) if choice.html else respond(query)
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
