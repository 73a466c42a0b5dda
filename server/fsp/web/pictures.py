"""Pictures in pages and on their own: what stands around them is decided here."""

from collections.abc import Iterable

from flask import Flask, Response, make_response, request

from fsp.catalogue.query import CannedQuery
from fsp.errors import NotAcceptableError, NotFoundError
from fsp.execution.formats import BY_NAME, Format
from fsp.execution.interface import QueryRequest
from fsp.execution.preview import Preview, read_preview
from fsp.pictures.canvas import Picture
from fsp.pictures.coordinates import coordinates
from fsp.pictures.of_graph import draw_graph, read_triples
from fsp.pictures.of_query import draw_answer, places_of
from fsp.web.links import href
from fsp.web.service import current_service

__all__ = ["SVG", "absolute_link", "answer_picture", "init_app", "query_picture", "respond_picture", "wants_picture"]

SVG = Format("svg", "image/svg+xml", "SVG", "http://www.w3.org/ns/formats/SVG")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"


def init_app(app: Flask) -> None:
    """Let templates show a picture within a page."""
    app.jinja_env.filters["inline_picture"] = Picture.inline


def wants_picture(named: Iterable[str]) -> bool:
    """Say whether a picture is asked for (RFC 9110, section 12.5.1).

    Args:
        named: formats named outright, by a suffix or by `format`; they outweigh the `Accept` header. A picture is sent
            for the header only where it names SVG itself: a browser's `*/*` means the page.
    """
    names = list(named)
    if names:
        return any(name.strip().lower() in {SVG.name, SVG.media_type, "image/svg xml"} for name in names)
    accept = request.accept_mimetypes
    if SVG.media_type not in {str(value).lower() for value in accept.values()}:
        return False
    others = ("text/html", *(format_.media_type for format_ in BY_NAME.values()))
    return accept.quality(SVG.media_type) >= max(accept.quality(other) for other in others)


def answer_picture(query: CannedQuery, text: str, answer: Preview, *, absolute: bool = False) -> Picture | None:
    """Return the picture of an answer.

    Args:
        query: the query.
        text: the query with the values that were asked for.
        answer: its answer; of one that is a graph the triples are asked for again, as the page has but its text.
        absolute: whether links in the picture name this service, as they must in a file that is kept.

    Returns:
        The picture; None where the query declares none, or its answer has nothing to draw.
    """
    if query.picture is None:
        return None
    executor = current_service().executor
    link = absolute_link if absolute else href
    if answer.text is not None:
        return draw_graph(query.summary, read_triples(executor, text), link)
    return draw_answer(
        query.picture, query.summary, answer, link, coordinates(executor, places_of(query.picture, answer))
    )


def query_picture(query: CannedQuery, text: str, timeout: float | None) -> Response:
    """Answer with the picture alone.

    Raises:
        NotAcceptableError: the query declares no picture.
        NotFoundError: its answer has nothing to draw.
        FspError: as `Executor.execute`.
    """
    if query.picture is None:
        raise NotAcceptableError(f"The query '{query.name}' has no picture: no kind of picture suits its answer.")
    answer = read_preview(current_service().executor, QueryRequest(text, None, None, timeout=timeout))
    picture = answer_picture(query, text, answer, absolute=True)
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
