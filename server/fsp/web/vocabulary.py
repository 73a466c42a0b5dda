"""The vocabulary opens: ontology, alignments, shapes, concept schemes, and the context of JSON-LD."""

from collections.abc import Callable

from flask import Blueprint, Response, request
from rdflib import Graph

from fsp.description.describe import (
    describe_alignments,
    describe_ontology,
    describe_scheme,
    describe_shapes,
    document_of_version,
)
from fsp.description.write import context as read_context
from fsp.errors import NotFoundError
from fsp.execution.interface import Executor
from fsp.web.documents import Requested, requested
from fsp.web.service import current_service
from fsp.web.things import open_requested, open_thing

__all__ = ["blueprint"]

blueprint = Blueprint("vocabulary", __name__)

_Describe = Callable[[Executor, str], Graph]


@blueprint.get("/context.jsonld")
def context() -> Response:
    """Hand out the JSON-LD context, to pages of any origin (JSON-LD 1.1, section 4.1.5)."""
    response = Response(read_context(), content_type="application/ld+json")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/def.<suffix>")
@blueprint.get("/def")
def ontology(suffix: str | None = None) -> Response:  # noqa: ARG001 - the path is read as a whole
    """Tell of the ontology and its terms."""
    asked = requested()
    return _open(asked, asked.iri, describe_ontology)


@blueprint.get("/def/<version>")
def ontology_version(version: str) -> Response:  # noqa: ARG001
    """Tell of the ontology by the IRI of its version."""
    asked = requested()
    return _open(asked, _current(asked.iri), describe_ontology)


@blueprint.get("/alignments.<suffix>")
@blueprint.get("/alignments")
def alignments(suffix: str | None = None) -> Response:  # noqa: ARG001
    """Tell of the links to terms of other vocabularies."""
    asked = requested()
    return _open(asked, asked.iri, describe_alignments)


@blueprint.get("/alignments/<version>")
def alignments_version(version: str) -> Response:  # noqa: ARG001
    """Tell of the links by the IRI of their version."""
    asked = requested()
    return _open(asked, _current(asked.iri), describe_alignments)


@blueprint.get("/shapes.<suffix>")
@blueprint.get("/shapes")
def shapes(suffix: str | None = None) -> Response:  # noqa: ARG001
    """Tell of the rules that data keeps to."""
    asked = requested()
    return _open(asked, asked.iri, describe_shapes)


@blueprint.get("/scheme/<scheme>")
def scheme(scheme: str) -> Response:  # noqa: ARG001
    """Tell of a concept scheme and its concepts."""
    asked = requested()
    return _open(asked, asked.iri, describe_scheme)


@blueprint.get("/scheme/<scheme>/<concept>")
def concept(scheme: str, concept: str) -> Response:  # noqa: ARG001
    """Tell of a concept."""
    return open_requested()


def _open(asked: Requested, iri: str, describe: _Describe) -> Response:
    return open_thing(asked, iri, describe(current_service().executor, iri))


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
