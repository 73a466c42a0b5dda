"""Pictures in pages and on their own: what stands around them is decided here."""

from flask import Flask, Response, make_response, request

from fsp.catalogue.query import CannedQuery
from fsp.errors import NotFoundError
from fsp.execution.formats import Format
from fsp.execution.interface import QueryRequest
from fsp.execution.preview import read_preview
from fsp.pictures.canvas import Picture
from fsp.pictures.coordinates import coordinates
from fsp.pictures.of_graph import draw_graph, read_triples
from fsp.pictures.of_query import draw_answer, places_of
from fsp.web.links import href
from fsp.web.service import current_service

__all__ = ["SVG", "absolute_link", "answer_picture", "init_app", "query_picture", "respond_picture"]

SVG = Format("svg", "image/svg+xml", "SVG", "http://www.w3.org/ns/formats/SVG")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"


def init_app(app: Flask) -> None:
    """Let templates show a picture within a page."""
    app.jinja_env.filters["inline_picture"] = Picture.inline


def answer_picture(
    query: CannedQuery, text: str, timeout: float | None = None, *, absolute: bool = False
) -> Picture | None:
    """Return the picture of the answer to a query: of all of it, or of as much as a page reads.

    Args:
        query: the query.
        text: the query with the values that were asked for.
        timeout: seconds that it may take, if fewer than the service's own limit.
        absolute: whether links in the picture name this service, as they must in a file that is kept.

    Returns:
        The picture; None where the query declares none, or its answer has nothing to draw.

    Raises:
        FspError: as `Executor.execute`.
    """
    if query.picture is None:
        return None
    executor = current_service().executor
    link = absolute_link if absolute else href
    if query.form != "SELECT":
        return draw_graph(query.summary, read_triples(executor, text, timeout), link)
    answer = read_preview(executor, QueryRequest(text, None, None, timeout=timeout))
    return draw_answer(query, answer, link, coordinates(executor, places_of(query.picture, answer)))


def query_picture(query: CannedQuery, text: str, timeout: float | None) -> Response:
    """Answer with the picture of a query alone.

    Raises:
        NotFoundError: its answer has nothing to draw.
        FspError: as `Executor.execute`.
    """
    picture = answer_picture(query, text, timeout, absolute=True)
    if picture is None:
        raise NotFoundError("There is nothing to draw: the answer is empty. Choose other values.")
    return respond_picture(picture)


def respond_picture(picture: Picture) -> Response:
    """Answer with a picture: with a validator, and with no right to load or run anything."""
    response = make_response(picture.alone())
    response.content_type = SVG.media_type
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(("Accept",))
    response.add_etag()
    response.make_conditional(request)
    return response


def absolute_link(iri: str) -> str:
    """Return the address of an IRI in this service, with the service's own name."""
    address = href(iri)
    return request.host_url.rstrip("/") + address if address.startswith("/") else address
