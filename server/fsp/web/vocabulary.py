"""The vocabulary opens: ontology, alignments, shapes, concept schemes, and the context of JSON-LD."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, send_from_directory
from rdflib import VANN, Graph, URIRef

from fsp.description.describe import (
    LINKS,
    describe_alignments,
    describe_ontology,
    describe_scheme,
    describe_shapes,
    document_of_version,
)
from fsp.description.ontology import read_ontology
from fsp.description.schemes import hierarchy, list_schemes
from fsp.description.shapes import read_helpers, read_shapes
from fsp.description.thing import read_thing
from fsp.description.write import context as read_context
from fsp.errors import NotFoundError
from fsp.execution.interface import Executor
from fsp.web.documents import FORMATS, Requested, check_there, data_response, document_operation, finished, requested
from fsp.web.negotiation import HTML
from fsp.web.operations import operation
from fsp.web.service import current_service
from fsp.web.things import open_requested

__all__ = ["blueprint"]

blueprint = Blueprint("vocabulary", __name__)

_Values = dict[str, Any]
_Describe = Callable[[Executor, str], Graph]
_Page = Callable[[Executor, str, Graph], tuple[str, _Values]]
"""Returns a template and what it shows."""


@blueprint.get("/context.jsonld")
@operation("application/ld+json", headers=["ETag"])
def context() -> Response:
    """Hand out the JSON-LD context, to pages of any origin (JSON-LD 1.1, section 4.1.5)."""
    response = Response(read_context(), content_type="application/ld+json")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/logo.svg")
@operation("image/svg+xml", headers=["ETag"])
def logo() -> Response:
    """Hand out the logo that the ontology names."""
    return send_from_directory(str(current_app.static_folder), "logo.svg", max_age=3600)


@blueprint.get("/def.<suffix>")
@blueprint.get("/def")
@document_operation()
def ontology(suffix: str | None = None) -> Response:  # noqa: ARG001 - the path is read as a whole
    """Tell of the ontology and its terms."""
    asked = requested()
    return _open(asked, asked.iri, describe_ontology, _ontology_page)


@blueprint.get("/def/<version>")
@document_operation()
def ontology_version(version: str) -> Response:  # noqa: ARG001
    """Tell of the ontology by the IRI of its version."""
    asked = requested()
    return _open(asked, _current(asked.iri), describe_ontology, _ontology_page)


@blueprint.get("/alignments.<suffix>")
@blueprint.get("/alignments")
@document_operation()
def alignments(suffix: str | None = None) -> Response:  # noqa: ARG001
    """Tell of the links to terms of other vocabularies."""
    asked = requested()
    return _open(asked, asked.iri, describe_alignments, _alignments_page)


@blueprint.get("/alignments/<version>")
@document_operation()
def alignments_version(version: str) -> Response:  # noqa: ARG001
    """Tell of the links by the IRI of their version."""
    asked = requested()
    return _open(asked, _current(asked.iri), describe_alignments, _alignments_page)


@blueprint.get("/shapes.<suffix>")
@blueprint.get("/shapes")
@document_operation()
def shapes(suffix: str | None = None) -> Response:  # noqa: ARG001
    """Tell of the rules that data keeps to."""
    asked = requested()
    return _open(asked, asked.iri, describe_shapes, _shapes_page)


@blueprint.get("/scheme/<scheme>")
@document_operation()
def scheme(scheme: str) -> Response:  # noqa: ARG001
    """Tell of a concept scheme and its concepts."""
    asked = requested()
    return _open(asked, asked.iri, describe_scheme, _scheme_page)


@blueprint.get("/scheme/<scheme>/<concept>")
@document_operation(paged=True)
def concept(scheme: str, concept: str) -> Response:  # noqa: ARG001
    """Tell of a concept."""
    return open_requested()


def _open(asked: Requested, iri: str, describe: _Describe, page: _Page) -> Response:
    executor = current_service().executor
    graph = describe(executor, iri)
    check_there(graph, iri)
    if asked.format is not HTML:
        return data_response(graph, asked, iri)
    template, values = page(executor, iri, graph)
    html = render_template(template, address=asked.address, formats=FORMATS, **values)
    return finished(make_response(html), asked, iri)


def _ontology_page(executor: Executor, iri: str, graph: Graph) -> tuple[str, _Values]:
    prefix = str(graph.value(URIRef(iri), VANN.preferredNamespacePrefix) or "")
    values = {"ontology": read_ontology(executor, iri, graph), "prefix": prefix, "schemes": list_schemes(executor)}
    return "ontology.html", values


def _alignments_page(executor: Executor, iri: str, graph: Graph) -> tuple[str, _Values]:
    links = sorted((str(s), str(p), str(o)) for s, p, o in graph if f"<{p}>" in LINKS.split())
    return "alignments.html", {"header": read_thing(executor, iri, graph), "links": links}


def _shapes_page(executor: Executor, iri: str, graph: Graph) -> tuple[str, _Values]:
    header = read_thing(executor, iri, graph)
    return "shapes.html", {
        "header": header,
        "shapes": read_shapes(graph, header.names),
        "helpers": read_helpers(graph),
    }


def _scheme_page(executor: Executor, iri: str, graph: Graph) -> tuple[str, _Values]:
    header = read_thing(executor, iri, graph)
    return "scheme.html", {"header": header, "concepts": hierarchy(graph, header.names)}


def _current(version: str) -> str:
    """Return the IRI of what has a version; only the current one is kept.

    Raises:
        NotFoundError: there is no such version.
    """
    document = document_of_version(current_service().executor, version)
    if document is None:
        unversioned = version.rsplit("/", 1)[0]
        raise NotFoundError(f"There is no version {version} here: {unversioned} is the current one.")
    return document
