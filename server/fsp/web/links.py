"""Where an IRI of the dataset opens in this service: its IRIs keep their own base, links in pages lead here."""

import pyoxigraph as ox
from flask import Flask, request

from fsp.execution.preview import short
from fsp.namespaces import BASE, THING

__all__ = ["abbreviated", "href", "init_app"]


def init_app(app: Flask) -> None:
    """Make the links known to the templates, as the filters `href` and `abbreviated`."""
    app.jinja_env.filters |= {"href": href, "abbreviated": abbreviated}


def abbreviated(iri: str) -> str:
    """Return an IRI with a prefix of the project's, where one fits; see `fsp.execution.preview.short`."""
    return short(ox.NamedNode(iri))


def href(iri: str) -> str:
    """Return the address that a page links to for an IRI.

    A thing leads to its page without the redirect that its own IRI answers with (303, after the UK public-sector URI
    pattern); whatever else is under the dataset's base leads to the same path of this service. Other IRIs stay.

    Args:
        iri: an absolute IRI.
    """
    root = request.script_root
    if iri.startswith(str(THING)):
        return f"{root}/doc/{iri.removeprefix(str(THING))}"
    return f"{root}/{iri.removeprefix(str(BASE))}" if iri.startswith(str(BASE)) else iri
