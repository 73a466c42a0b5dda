"""The start page, and whether the service is well."""

from flask import Blueprint, Response, jsonify, make_response, render_template

from fsp import __version__
from fsp.web.downloads import embedded
from fsp.web.service import current_service

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def start() -> Response:
    """Say what this is, and lead to all of it."""
    service = current_service()
    response = make_response(
        render_template(
            "start.html",
            statistics=service.statistics,
            default_graphs=service.default_graphs or (),
            embedded=embedded(),
        )
    )
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@blueprint.get("/health")
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
