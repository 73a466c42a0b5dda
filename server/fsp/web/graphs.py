"""Parts of the dataset open: its named graphs, its distributions, and the parameters of its queries."""

from urllib.parse import quote, unquote

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from fsp.description.describe import term
from fsp.description.graphs import has_graph, things_in
from fsp.errors import NotFoundError
from fsp.execution.interface import QueryRequest
from fsp.namespaces import GRAPH
from fsp.web.answers import respond
from fsp.web.documents import FORMATS, document_operation, finished, links_of, page_number, requested
from fsp.web.negotiation import HTML
from fsp.web.operations import operation
from fsp.web.service import current_service
from fsp.web.things import open_requested, open_thing

__all__ = ["blueprint"]

blueprint = Blueprint("graphs", __name__)


@blueprint.get("/.well-known/void")
@operation(others={302: "Where the description is."}, headers=["Vary"])
def void() -> Response:
    """Lead to the description of the dataset (*Describing Linked Datasets with VoID*, section 7.2)."""
    address = url_for("downloads.dataset", format=request.args.get("format"))
    response = make_response(redirect(address, code=302))
    response.vary.update(("Accept",))
    return response


@blueprint.get("/dataset/<path:name>")
@document_operation(paged=True)
def dataset_part(name: str) -> Response:  # noqa: ARG001 - the path is read as a whole
    """Tell of a distribution, the service or the catalogue."""
    return open_requested()


@blueprint.get("/queries/<name>/<parameter>")
@document_operation(paged=True)
def query_parameter(name: str, parameter: str) -> Response:  # noqa: ARG001
    """Tell of a parameter of a canned query: its node has a fragment, and the path of the property has not."""
    asked = requested()
    iri = f"{asked.iri}#parameter"
    return open_thing(asked, iri)


@blueprint.get("/graph/<path:name>")
@document_operation(paged=True)
def graph(name: str) -> Response:
    """Tell of a named graph in a page, or hand it out as data, however long it is.

    Its name may end in what is also the suffix of a format: that counts as a suffix only where there is no such graph.
    """
    executor = current_service().executor
    asked = requested(with_suffix=False)
    iri = GRAPH + quote(name)
    if not has_graph(executor, iri):
        asked = requested()
        iri = GRAPH + quote(asked.path.removeprefix("graph/"))
        if not has_graph(executor, iri):
            raise NotFoundError(f"There is no named graph {iri[:200]}: the page /dataset lists those that there are.")
    if asked.format is not HTML:
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {term(iri)} {{ ?s ?p ?o }} }}"
        response = respond(QueryRequest(query, solutions=None, graph=asked.format))
        response.headers["Link"] = links_of(asked, iri)
        return response
    things = things_in(executor, iri, page_number())
    if things.page > things.pages:
        raise NotFoundError(f"There is no page {things.page} of this graph: the last is {things.pages}.")
    page = render_template(
        "graph.html",
        graph=iri,
        name=unquote(iri.removeprefix(GRAPH)),
        triples=current_service().statistics.named_graphs.get(iri),
        in_default=iri in (current_service().default_graphs or (iri,)),
        things=things,
        address=asked.address,
        formats=FORMATS,
    )
    return finished(make_response(page), asked, iri)
