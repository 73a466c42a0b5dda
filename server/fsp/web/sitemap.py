"""The map of the pages for search engines, and what they may fetch."""

from collections.abc import Iterator
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, request, url_for

from fsp.catalogue.query import Catalogue
from fsp.errors import NotFoundError
from fsp.execution.solutions import solutions
from fsp.namespaces import GRAPH, SCHEME, THING
from fsp.web.links import href
from fsp.web.operations import operation
from fsp.web.service import current_service

__all__ = ["blueprint"]

blueprint = Blueprint("sitemap", __name__)

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000
"""Addresses that one map may hold, by its protocol."""
_PAGES = (
    "pages.start",
    "cases.index",
    "compare.network",
    "openapi.index",
    "sparql.sparql",
    "queries.index",
    "validate.show",
    "validate.form",
    "downloads.dataset",
    "downloads.listing",
    "vocabulary.ontology",
    "vocabulary.shapes",
    "vocabulary.alignments",
)
_THINGS = f"""
FILTER(isIRI(?thing) && (STRSTARTS(STR(?thing), "{THING}") || STRSTARTS(STR(?thing), "{SCHEME}")))"""
_PATTERN = f"{{ ?thing a ?class . {_THINGS} }} UNION {{ GRAPH ?graph {{ ?thing a ?class . {_THINGS} }} }}"


@blueprint.get("/robots.txt")
@operation("text/plain", headers=["ETag"])
def robots() -> Response:
    """Say that pages may be fetched, but no crawler is to ask queries."""
    lines = (
        "User-agent: *",
        f"Disallow: {url_for('sparql.sparql')}?",
        "Allow: /",
        f"Sitemap: {url_for('sitemap.index', _external=True)}",
    )
    return _kept("\n".join(lines) + "\n", "text/plain")


@blueprint.get("/sitemap.xml")
@operation("application/xml", headers=["ETag"], errors=[502, 503])
def index() -> Response:
    """List every page, or the maps that together do where they are more than one may hold."""
    fixed, things = list(_fixed()), _count()
    if len(fixed) + things <= _MOST:
        return _map([*fixed, *_things(1)])
    numbers = range(1, _maps(things) + 1)
    places = "".join(
        f"<sitemap><loc>{escape(url_for('sitemap.part', number=number, _external=True))}</loc></sitemap>\n"
        for number in numbers
    )
    return _xml(f'<sitemapindex xmlns="{_NAMESPACE}">\n{places}</sitemapindex>\n')


@blueprint.get("/sitemap/<int:number>.xml")
@operation("application/xml", headers=["ETag"], errors=[404, 502, 503])
def part(number: int) -> Response:
    """List some of the pages: in the first map those that are there whatever the data, in the others the things."""
    if not 1 <= number <= _maps(_count()):
        raise NotFoundError(f"There is no map {number}: see /sitemap.xml.")
    return _map(list(_fixed()) if number == 1 else _things(number - 1))


def _maps(things: int) -> int:
    return 1 + -(-things // _MOST)


def _fixed() -> Iterator[str]:
    for endpoint in _PAGES:
        if endpoint in current_app.view_functions:
            yield url_for(endpoint)
    catalogue: Catalogue | None = current_app.extensions.get("fsp-catalogue")
    for query in catalogue or ():
        yield url_for("queries.query", name=query.name)
    for graph in current_service().statistics.named_graphs:
        if graph.startswith(GRAPH):
            yield href(graph)


def _count() -> int:
    rows = solutions(current_service().executor, f"SELECT (COUNT(DISTINCT ?thing) AS ?things) WHERE {{ {_PATTERN} }}")
    return int(rows[0]["things"])


def _things(window: int) -> list[str]:
    """Return the paths of as many things as one map may hold, by IRI; windows are counted from 1."""
    order = f"ORDER BY ?thing LIMIT {_MOST} OFFSET {(window - 1) * _MOST}"
    rows = solutions(current_service().executor, f"SELECT DISTINCT ?thing WHERE {{ {_PATTERN} }} {order}")
    return [quote(href(str(row["thing"])), safe="/:#%") for row in rows]


def _map(addresses: list[str]) -> Response:
    origin = request.host_url.rstrip("/")
    urls = "".join(f"<url><loc>{escape(origin + address)}</loc></url>\n" for address in addresses)
    return _xml(f'<urlset xmlns="{_NAMESPACE}">\n{urls}</urlset>\n')


def _xml(text: str) -> Response:
    return _kept(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', "application/xml")


def _kept(text: str, media_type: str) -> Response:
    response = Response(text, mimetype=media_type)
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.add_etag()
    response.make_conditional(request)
    return response
