"""The links as files that other tools read: identifiers as CSV, mappings as SSSOM/TSV."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from fsp.execution.interface import Executor
from fsp.linking.links.export import identifiers_csv, mappings_sssom
from fsp.web.operations import operation
from fsp.web.service import current_service

__all__ = ["blueprint"]

blueprint = Blueprint("linking", __name__)


@blueprint.get("/links.csv")
@operation("text/csv", headers=["ETag"], errors=[502, 503])
def identifiers() -> Response:
    """Answer with the identifiers of the cases' bodies and places (RFC 4180)."""
    return _answer(identifiers_csv, "text/csv")


@blueprint.get("/links.sssom.tsv")
@operation("text/tab-separated-values", headers=["ETag"], errors=[502, 503])
def mappings() -> Response:
    """Answer with what the bodies and places match elsewhere."""
    return _answer(mappings_sssom, "text/tab-separated-values")


def _answer(make: Callable[[Executor], str], media_type: str) -> Response:
    """Answer with a table, which is right for as long as the data are the same."""
    executor = current_service().executor
    response = Response(make(executor), content_type=f"{media_type}; charset=utf-8")
    response.headers["Cache-Control"] = "no-store" if executor.digest is None else "public, no-cache"
    if executor.digest is not None:
        response.set_etag(executor.digest)
        response.make_conditional(request)
    return response
