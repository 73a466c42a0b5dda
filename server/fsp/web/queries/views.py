"""The two routes of the canned queries."""

from flask import Blueprint, Flask, Response, jsonify, make_response, render_template, request, url_for

from fsp.catalogue.choices import local_name
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.catalogue.rdf import queries_graph
from fsp.catalogue.search import search
from fsp.dataset.files import project_folder
from fsp.errors import NotAcceptableError, NotFoundError
from fsp.execution.formats import BY_NAME, GRAPH_FORMATS
from fsp.web.negotiation import HTML, choose, choose_among
from fsp.web.negotiation import Choice as Formats
from fsp.web.operations import operation, path, query
from fsp.web.queries.asked import FORMAT_PARAMETERS, read_asked
from fsp.web.queries.data import answer_as_data
from fsp.web.queries.formats import formats_of
from fsp.web.queries.listing import describe_query
from fsp.web.queries.operations import EXTENSION, each_query, query_catalogue
from fsp.web.queries.page import show_page
from fsp.web.schemas import GRAPHS, PAGE, ref
from fsp.web.service import current_service
from fsp.web.things import open_requested

__all__ = ["init_app"]

blueprint = Blueprint("queries", __name__)

_RDFLIB_NAMES = {"ttl": "turtle", "nt": "nt", "rdf": "pretty-xml", "jsonld": "json-ld"}

_FORMATS = {"type": "string", "enum": ["html", "json", *(format_.name for format_ in GRAPH_FORMATS)]}
_FORMAT = "Format of the list, by name; it outweighs the Accept header."


def init_app(app: Flask) -> None:
    """Load the catalogue, and register its pages."""
    app.extensions[EXTENSION] = Catalogue.load(project_folder() / "queries")
    app.jinja_env.filters["local_name"] = local_name
    app.register_blueprint(blueprint)


@blueprint.get("/queries.<suffix>", endpoint="index")
@blueprint.get("/queries/", endpoint="index")
@blueprint.get("/queries", endpoint="index")
@operation(
    PAGE,
    {"application/json": ref("QueryList")},
    *GRAPHS,
    parameters=[
        path("suffix", _FORMAT, _FORMATS),
        query(
            "search",
            "Words that the queries are about, in any of their forms; those that have each of them are listed.",
        ),
        query("format", _FORMAT, _FORMATS),
    ],
    headers=["ETag", "Vary"],
    errors=[404, 406, 502, 503],
)
def list_queries(suffix: str | None = None) -> Response:
    """List the queries, or those that some words are found in: a page, JSON, or RDF."""
    formats = _formats(suffix)
    words = request.args.get("search", "").strip()
    found = search(query_catalogue(), words, current_service().executor)
    if formats.html:
        response = make_response(
            render_template(
                "queries.html", groups=found.by_tag(), words=words, count=len(found), all=len(query_catalogue())
            )
        )
    elif formats.solutions == BY_NAME["json"]:
        response = jsonify([describe_query(query) for query in found])
    elif formats.graph is not None:
        rdf = queries_graph(found).serialize(format=_RDFLIB_NAMES[formats.graph.name], encoding="utf-8")
        response = Response(rdf, content_type=formats.graph.content_type)
    else:
        raise NotAcceptableError("The list of queries comes as html, json, ttl, nt, rdf or jsonld.")
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(("Accept",))
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/queries/<name>", endpoint="query")
@operation(
    headers=["ETag", "Fsp-Changed", "Fsp-Rows", "Fsp-Truncated", "Link", "Vary"],
    errors=[400, 404, 406, 502, 503],
    expand=each_query,
)
def answer_query(name: str) -> Response:
    """Answer a query in the format that is asked for, or show it in a page with a form for its parameters."""
    stem, dot, suffix = name.partition(".")
    found = query_catalogue().get(stem)
    if not dot and _asks_for_description(found):
        return open_requested(by_suffix=False)
    asked = read_asked(found, suffix if dot else None)
    if asked.format is HTML:
        return show_page(asked)
    response = answer_as_data(asked)
    response.headers.add("Link", f'<{url_for("queries.index", suffix="ttl")}>; rel="describedby"')
    return response


def _asks_for_description(found: CannedQuery) -> bool:
    """Tell whether RDF alone is accepted, and the answer is none: then the IRI of the query stands for the query."""
    accept = request.headers.get("Accept", "")
    if any(request.args.get(key) for key in FORMAT_PARAMETERS) or found.form not in {"SELECT", "ASK"}:
        return False
    return choose_among((*formats_of(found), HTML), accept, ()) is None and bool(
        choose_among(GRAPH_FORMATS, accept, ())
    )


def _formats(suffix: str | None) -> Formats:
    if suffix is not None and suffix not in {*BY_NAME, HTML.name}:
        raise NotFoundError(f"There is no format '{suffix}'. Formats are {', '.join((*BY_NAME, HTML.name))}.")
    named = ((suffix,) if suffix else ()) + tuple(
        value for key in FORMAT_PARAMETERS for value in request.args.getlist(key) if value
    )
    return choose(request.headers.get("Accept", ""), named)
