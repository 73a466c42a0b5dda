"""Pictures in pages and on their own: what stands around them is decided here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox
from flask import Flask, Response, make_response, request

from fsp.catalogue.choices import local_name
from fsp.catalogue.labels import labels
from fsp.catalogue.parameters import Term
from fsp.catalogue.query import CannedQuery
from fsp.dataset.about import describe_dataset
from fsp.errors import NotFoundError
from fsp.execution.formats import Format
from fsp.execution.interface import QueryRequest
from fsp.execution.preview import read_preview
from fsp.pictures.canvas import Origin, Picture
from fsp.pictures.coordinates import coordinates
from fsp.pictures.of_graph import draw_graph, read_triples
from fsp.pictures.of_query import draw_answer, places_of
from fsp.web.links import href
from fsp.web.service import current_service

__all__ = ["SVG", "absolute_link", "answer_picture", "init_app", "query_picture", "respond_picture"]

SVG = Format("svg", "image/svg+xml", "SVG", "http://www.w3.org/ns/formats/SVG")
_MOST_NAMED = 6
"""Chosen values that a title names."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"


def init_app(app: Flask) -> None:
    """Let templates show a picture within a page."""
    app.jinja_env.filters["inline_picture"] = Picture.inline


def answer_picture(
    query: CannedQuery, terms: Mapping[str, Sequence[Term]], timeout: float | None = None, *, absolute: bool = False
) -> Picture | None:
    """Return the picture of the answer to a query: of all of it, or of as much as a page reads.

    Its title is the question with what was chosen.

    Args:
        query: the query.
        terms: what was chosen for its parameters.
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
    link, text = absolute_link if absolute else href, query.bind(terms)
    if query.form != "SELECT":
        drawn = draw_graph(query.summary, read_triples(executor, text, timeout), link)
    else:
        answer = read_preview(executor, QueryRequest(text, None, None, timeout=timeout))
        drawn = draw_answer(query, answer, link, coordinates(executor, places_of(query.picture, answer)))
    return drawn and replace(drawn, title=_title(query, terms))


def _title(query: CannedQuery, terms: Mapping[str, Sequence[Term]]) -> str:
    """Return a question with what was chosen: 'What happened when? — Hounslow'."""
    chosen = [term for name, one in query.parameters.items() for term in terms.get(name, one.default)]
    names = labels(current_service().executor, [term.value for term in chosen if isinstance(term, ox.NamedNode)])
    said = ", ".join(names.get(term.value) or local_name(term) for term in chosen[:_MOST_NAMED])
    return f"{query.summary} — {said}" if said else query.summary


def query_picture(
    query: CannedQuery, terms: Mapping[str, Sequence[Term]], timeout: float | None, address: str
) -> Response:
    """Answer with the picture of a query alone.

    Args:
        query: the query.
        terms: what was chosen for its parameters.
        timeout: seconds that it may take, if fewer than the service's own limit.
        address: of the page that has the picture.

    Raises:
        NotFoundError: its answer has nothing to draw.
        FspError: as `Executor.execute`.
    """
    picture = answer_picture(query, terms, timeout, absolute=True)
    if picture is None:
        raise NotFoundError("There is nothing to draw: the answer is empty. Choose other values.")
    return respond_picture(picture, address)


def respond_picture(picture: Picture, address: str) -> Response:
    """Answer with a picture: with a validator, and with no right to load or run anything.

    Args:
        picture: the picture.
        address: of the page that has it, which the file names with the licence of the data.

    Raises:
        FspError: as `Executor.execute`.
    """
    licence = describe_dataset(current_service().executor).licence
    response = make_response(picture.alone(Origin(address, licence)))
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
