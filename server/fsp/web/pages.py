"""The start page, and whether the service is well."""

from flask import Blueprint, Response, jsonify, make_response, render_template

from fsp import __version__
from fsp.web.downloads import embedded
from fsp.web.operations import operation
from fsp.web.queries.operations import query_catalogue
from fsp.web.schemas import PAGE, ref
from fsp.web.service import current_service

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)

_EXAMPLES = {
    "charitable-arms",
    "contract-value-by-sector",
    "outcomes-before-and-after",
    "timeline",
    "who-works-with-whom",
}
"""Canned queries whose questions show at a glance what the data tell."""


@blueprint.get("/")
@operation(PAGE)
def start() -> Response:
    """Say what this is, and lead to all of it."""
    service = current_service()
    queries = query_catalogue()
    response = make_response(
        render_template(
            "start.html",
            statistics=service.statistics,
            examples=[query for query in queries if query.name in _EXAMPLES],
            number_of_queries=len(queries),
            embedded=embedded(),
        )
    )
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@blueprint.get("/health")
@operation({"application/json": ref("Health")})
def health() -> Response:
    """Say that queries are answered, over which data and by which version."""
    service = current_service()
    response = jsonify(
        {
            "ok": True,
            "version": __version__,
            "digest": service.executor.digest,
            "triples": service.statistics.default_graph.get("triples"),
        }
    )
    response.headers["Cache-Control"] = "no-store"
    return response
