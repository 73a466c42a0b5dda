"""Documents about IRIs of the dataset: which one a request asks for, in which format, and its headers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, request, url_for
from rdflib import DCTERMS, OWL, Graph, URIRef

from fsp.description.write import write
from fsp.errors import GoneError, NotAcceptableError, NotFoundError
from fsp.execution.formats import GRAPH_FORMATS, Format
from fsp.namespaces import BASE
from fsp.web.negotiation import HTML, choose
from fsp.web.operations import View, operation, path, query
from fsp.web.schemas import GRAPHS, PAGE

__all__ = [
    "FORMATS",
    "Requested",
    "check_there",
    "data_response",
    "document_operation",
    "finished",
    "links_of",
    "page_number",
    "requested",
]

FORMATS: tuple[Format, ...] = (HTML, *GRAPH_FORMATS)
"""Every document is there as a page and in each format for graphs."""

_FORMAT_PARAMETERS = ("format", "output", "results")
_SUFFIXES = {name for format_ in FORMATS for name in (format_.name, *format_.aliases) if name.isalnum()}
_NOT_IN_IRIS = re.compile(
    r"['\x00-\x20\x7f-\x9f<>\"{}|\\^`%\[\]\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000))
    + "]"
)
"""RFC 3987, section 2.2: these stand in an IRI as escapes only; beyond ASCII, what is no `ucschar`.

An apostrophe may stand there, but the IRIs of this dataset have it as an escape.
"""
_TRUE = {"true", "1"}
_NAMES = {"type": "string", "enum": [format_.name for format_ in FORMATS]}
_FORMAT = "Format of the document, by name; it outweighs the Accept header."
_PAGE = query("page", "Which page of what refers to it.", {"type": "integer", "minimum": 1, "maximum": 999_999_999})


def document_operation(*, paged: bool = False) -> Callable[[View], View]:
    """Describe a view that answers with a document about an IRI; see `operation`.

    Args:
        paged: whether its page shows a long list in parts.
    """
    parameters = [path("suffix", _FORMAT, _NAMES), query("format", _FORMAT, _NAMES), *([_PAGE] if paged else [])]
    errors = [404, 406, 410, 502, 503]
    return operation(PAGE, *GRAPHS, parameters=parameters, headers=["ETag", "Link", "Vary"], errors=errors)


@dataclass(frozen=True, slots=True)
class Requested:
    """What a request asks for.

    Attributes:
        path: the path of the address, without its first slash and without the suffix of a format.
        format: the format of the answer.
        by_suffix: whether a suffix leads to the same in another format.
    """

    path: str
    format: Format
    by_suffix: bool = True

    @property
    def iri(self) -> str:
        """The IRI at the same path below the dataset's base."""
        return str(BASE) + _NOT_IN_IRIS.sub(lambda found: quote(found[0]), self.path)

    @property
    def address(self) -> str:
        """The path of the document at this service, whatever its format."""
        return f"{request.script_root}/{quote(self.path)}"


def requested(*, with_suffix: bool = True) -> Requested:
    """Read from a request what it asks for: the format by suffix, else by `format`, else by `Accept`.

    Args:
        with_suffix: whether the path may end in the suffix of a format.

    Raises:
        NotAcceptableError: there is no such format.
    """
    path = request.path.removeprefix("/")
    stem, dot, suffix = path.rpartition(".")
    named = [value for key in _FORMAT_PARAMETERS for value in request.args.getlist(key) if value]
    if with_suffix and dot and suffix in _SUFFIXES:
        path, named = stem, [suffix, *named]
    format_ = choose(request.headers.get("Accept", ""), tuple(named)).graph_or_page
    if format_ is None:
        raise NotAcceptableError(f"This comes as {', '.join(format_.name for format_ in FORMATS)}: choose one.")
    return Requested(path, format_)


def check_there(graph: Graph, iri: str) -> None:
    """Check that something is said of an IRI, and that it was not retired.

    Raises:
        NotFoundError: nothing is said of it.
        GoneError: it is `owl:deprecated`.
    """
    if not graph:
        raise NotFoundError(
            f"There is nothing under the name {iri[:200]}. "
            "Look for it among the questions at /queries, the cases at /cases, or by SPARQL at /sparql."
        )
    node = URIRef(iri)
    if _TRUE & {str(value) for value in graph.objects(node, OWL.deprecated)}:
        successors = sorted(str(successor) for successor in graph.objects(node, DCTERMS.isReplacedBy))
        instead = f" Use {' or '.join(successors)} instead." if successors else " Nothing took its place."
        raise GoneError(f"{iri} was retired.{instead}", successor=successors[0] if successors else None)


def data_response(graph: Graph, asked: Requested, iri: str | None = None) -> Response:
    """Return a graph in the format that is asked for; see `finished`."""
    context = url_for("vocabulary.context", _external=True)
    body = write(graph, asked.format.name, context)
    return finished(Response(body, content_type=asked.format.content_type), asked, iri)


def finished(response: Response, asked: Requested, iri: str | None = None) -> Response:
    """Add what every document carries: links to its other formats, a validator, and how it may be kept.

    Args:
        response: page or data.
        asked: what was asked for.
        iri: what the document is about, where that has not the same path.
    """
    response.headers["Link"] = links_of(asked, iri or asked.iri)
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(("Accept",))
    response.add_etag()
    response.make_conditional(request)
    return response


def page_number() -> int:
    """Return the number of the page of a long list that a request asks for.

    Raises:
        NotFoundError: there is no such page.
    """
    text = request.args.get("page") or "1"
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise NotFoundError(f"There is no page '{text[:20]}': pages are counted from 1.")
    return int(text)


def links_of(asked: Requested, iri: str) -> str:
    """Return the links of a document as a header (RFC 8288): to its IRI, and to the same in other formats."""
    others = [format_ for format_ in FORMATS if asked.by_suffix and format_ is not asked.format]
    links = [f'<{iri}>; rel="canonical"']
    links += [f'<{asked.address}.{other.name}>; rel="alternate"; type="{other.media_type}"' for other in others]
    if asked.format is HTML:
        links.append(f'<{asked.address}.ttl>; rel="describedby"; type="text/turtle"')
    return ", ".join(links)
