"""Links in texts that are no markup: what a message or a description names is led to."""

import re
from collections.abc import Callable

import pyoxigraph as ox
from flask import Flask, current_app, url_for
from markupsafe import Markup, escape

from fsp.web.queries.operations import query_catalogue

__all__ = ["count_triples", "error_links", "init_app", "query_links"]

_ADDRESS = re.compile(r"(?<!\S)/[a-z]+(?:/[a-z-]+)*(?![\w/?])")
_QUOTED = re.compile(r"(?<=')[a-z0-9-]+(?=')")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MEANT = "Did you mean "


def init_app(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.jinja_env.filters |= {
        "count_triples": count_triples,
        "error_links": error_links,
        "query_links": query_links,
    }


def query_links(text: str) -> Markup:
    """Return a text in which each name of a canned query that stands in quotes is a link."""
    return _linked(text, _QUOTED, _query_address)


def error_links(text: str) -> Markup:
    """Return a message in which addresses of this service are links, and the queries that may be meant."""
    said, meant, near = text.partition(_MEANT)
    return _linked(said, _ADDRESS, _own_address) + meant + _linked(near, _NAME, _query_address)


def count_triples(turtle: str) -> int:
    """Return how many triples a whole text in Turtle holds."""
    return sum(1 for _triple in ox.parse(turtle, ox.RdfFormat.TURTLE))


def _linked(text: str, pattern: re.Pattern[str], address_of: Callable[[str], str | None]) -> Markup:
    parts, end = [Markup()], 0
    for found in pattern.finditer(text):
        address = address_of(found[0])
        if address is not None:
            parts += [escape(text[end : found.start()]), Markup('<a href="{}">{}</a>').format(address, found[0])]
            end = found.end()
    return Markup().join([*parts, escape(text[end:])])


def _query_address(name: str) -> str | None:
    known = {query.name for query in query_catalogue()}
    return url_for("queries.query", name=name) if name in known else None


def _own_address(path: str) -> str | None:
    """Return the address of a page of this service; None where it has none at that path."""
    rules = {rule.rule: rule.endpoint for rule in current_app.url_map.iter_rules() if not rule.arguments}
    return url_for(rules[path]) if path in rules else None
