"""Things open: `/id/…` leads to `/doc/…`, which tells of the thing as a page or as data."""

from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from rdflib import Graph

from fsp.description.describe import describe, describe_records
from fsp.description.references import citation_at, citations_of, references_to
from fsp.description.thing import read_thing
from fsp.errors import NotFoundError
from fsp.web.documents import (
    FORMATS,
    Requested,
    check_there,
    data_response,
    document_operation,
    finished,
    page_number,
    requested,
)
from fsp.web.negotiation import HTML
from fsp.web.operations import operation
from fsp.web.passages import unpublished
from fsp.web.service import current_service

__all__ = ["blueprint", "open_requested", "open_thing"]

blueprint = Blueprint("things", __name__)


@blueprint.get("/id/<path:name>")
@operation(others={303: "Where the document about it is."}, headers=["Vary"])
def identifier(name: str) -> Response:
    """Lead from a thing, which is no document, to the one about it (*Cool URIs for the Semantic Web*, section 4.2).

    Format and suffix go along, and so does `Accept`, which the caller sends again.
    """
    query = request.query_string.decode("ascii", errors="ignore")
    address = url_for("things.document", name=name) + (f"?{query}" if query else "")
    response = make_response(redirect(address, code=303))
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(("Accept",))
    return response


@blueprint.get("/doc/<path:name>")
@document_operation(paged=True)
def document(name: str) -> Response:  # noqa: ARG001 - the path is read as a whole
    """Tell of a thing."""
    asked = requested()
    iri = Requested(asked.path.replace("doc/", "id/", 1), asked.format).iri
    if asked.format is HTML:
        return open_thing(asked, iri)
    executor = current_service().executor
    return open_thing(asked, iri, describe(executor, iri) + describe_records(executor, iri))


def open_requested(*, by_suffix: bool = True) -> Response:
    """Answer with what is said of the IRI that has the path of the request; see `open_thing`."""
    asked = replace(requested(), by_suffix=by_suffix)
    return open_thing(asked, asked.iri)


def open_thing(asked: Requested, iri: str, graph: Graph | None = None) -> Response:
    """Answer with what is said of an IRI.

    Args:
        asked: what was asked for.
        iri: what to tell of.
        graph: its description, where it is known already.

    Raises:
        NotFoundError: nothing is said of it, or there is no such page of what refers to it.
        GoneError: it was retired.
    """
    executor = current_service().executor
    graph = describe(executor, iri) if graph is None else graph
    check_there(graph, iri)
    if asked.format is not HTML:
        return data_response(graph, asked, iri)
    references = references_to(executor, iri, page_number())
    if references.page > references.pages:
        raise NotFoundError(f"There is no page {references.page} of what refers to it: the last is {references.pages}.")
    thing = read_thing(executor, iri, graph)
    citation = citation_at(executor, iri) if thing.is_citation else None
    citations = citations_of(executor, iri)
    cited = [*([citation] if citation else []), *citations]
    page = render_template(
        "thing.html",
        thing=thing,
        citation=citation,
        citations=citations,
        unpublished=unpublished((found.source_iri, found.source_sha256) for found in cited),
        references=references,
        address=asked.address,
        formats=FORMATS,
    )
    return finished(make_response(page), asked, iri)
