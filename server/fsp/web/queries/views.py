"""The two routes of the canned queries."""

from typing import cast

from flask import Blueprint, Flask, Response, current_app, jsonify, make_response, render_template, request

from fsp.catalogue.choices import local_name
from fsp.catalogue.query import Catalogue
from fsp.catalogue.rdf import queries_graph
from fsp.dataset.files import project_folder
from fsp.errors import NotAcceptableError, NotFoundError
from fsp.execution.formats import BY_NAME, GRAPH_FORMATS
from fsp.web.negotiation import HTML, choose
from fsp.web.negotiation import Choice as Formats
from fsp.web.queries.asked import FORMAT_PARAMETERS, read_asked
from fsp.web.queries.data import answer_as_data
from fsp.web.queries.listing import describe_query
from fsp.web.queries.page import show_page
from fsp.web.things import open_requested

__all__ = ["init_app"]

blueprint = Blueprint("queries", __name__)

_EXTENSION = "fsp-catalogue"
_RDFLIB_NAMES = {"ttl": "turtle", "nt": "nt", "rdf": "pretty-xml", "jsonld": "json-ld"}


def init_app(app: Flask) -> None:
    """Load the catalogue, and register its pages."""
    app.extensions[_EXTENSION] = Catalogue.load(project_folder() / "queries")
    app.jinja_env.filters["local_name"] = local_name
    app.register_blueprint(blueprint)


@blueprint.get("/queries.<suffix>", endpoint="index")
@blueprint.get("/queries/", endpoint="index")
@blueprint.get("/queries", endpoint="index")
def list_queries(suffix: str | None = None) -> Response:
    """List the queries, or those that some words are found in: a page, JSON, or RDF."""
    formats = _formats(suffix)
    words = request.args.get("search", "").strip()
    found = _catalogue().search(words)
    if formats.html:
        response = make_response(
            render_template("queries.html", groups=found.by_tag(), words=words, count=len(found), all=len(_catalogue()))
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
def answer_query(name: str) -> Response:
    """Answer a query in the format that is asked for, or show it in a page with a form for its parameters."""
    stem, dot, suffix = name.partition(".")
    query = _catalogue().get(stem)
    try:
        asked = read_asked(query, suffix if dot else None)
    except NotAcceptableError:
        named = suffix or request.args.get("format", "")
        if query.form not in {"SELECT", "ASK"} or (named and named not in {one.name for one in GRAPH_FORMATS}):
            raise
        return open_requested()  # its answer is no graph: as a graph, the query itself is described
    return show_page(asked) if asked.format is HTML else answer_as_data(asked)


def _catalogue() -> Catalogue:
    return cast("Catalogue", current_app.extensions[_EXTENSION])


def _formats(suffix: str | None) -> Formats:
    if suffix is not None and suffix not in {*BY_NAME, HTML.name}:
        raise NotFoundError(f"There is no format '{suffix}'. Formats are {', '.join((*BY_NAME, HTML.name))}.")
    named = ((suffix,) if suffix else ()) + tuple(
        value for key in FORMAT_PARAMETERS for value in request.args.getlist(key) if value
    )
    return choose(request.headers.get("Accept", ""), named)
