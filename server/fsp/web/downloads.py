"""The dataset for people and catalogues: its page, its description, and the whole of it to download."""

from base64 import b64encode
from functools import partial
from typing import IO, cast

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request, send_file
from rdflib import Graph

from fsp.catalogue.rdf import published_dataset
from fsp.dataset.downloads import NAMES, Download, Downloads
from fsp.dataset.export import EXPORT_FORMATS, write_dataset
from fsp.description.dcat import MEDIA_TYPES, Served, add_served, schema_org
from fsp.description.describe import describe_dataset
from fsp.description.thing import read_thing
from fsp.errors import NotFoundError
from fsp.execution.whole import write_whole
from fsp.namespaces import BASE
from fsp.web.documents import FORMATS, data_response, document_operation, finished, requested
from fsp.web.negotiation import HTML
from fsp.web.operations import operation, path
from fsp.web.schemas import PAGE
from fsp.web.service import Service, current_service

__all__ = ["embedded", "init_app"]

blueprint = Blueprint("downloads", __name__)

_EXTENSION = "fsp-downloads"
_MOST_MADE_AHEAD = 300_000
"""Statements of a dataset whose files are all made when the page first shows their digests."""


def init_app(app: Flask, service: Service) -> None:
    """Register the pages.

    Args:
        app: the application.
        service: the running service, whose dataset is handed out.
    """
    app.extensions[_EXTENSION] = Downloads(partial(_write, service))
    app.register_blueprint(blueprint)


@blueprint.get("/dataset.<suffix>")
@blueprint.get("/dataset")
@document_operation()
def dataset(suffix: str | None = None) -> Response:  # noqa: ARG001 - the path is read as a whole
    """Tell of the dataset as a page, or in RDF by DCAT and VoID."""
    asked = requested()
    if asked.path != "dataset":
        raise NotFoundError(f"There is no such format. Formats are {', '.join(one.name for one in FORMATS)}.")
    served, graph = _described(made=True)
    if asked.format is not HTML:
        return data_response(graph, asked, served.iri)
    page = render_template(
        "dataset.html",
        thing=read_thing(current_service().executor, served.iri, graph),
        statistics=current_service().statistics,
        default_graphs=current_service().default_graphs or (),
        embedded=schema_org(graph, served),
        address=asked.address,
        formats=FORMATS,
    )
    return finished(make_response(page), asked, served.iri)


@blueprint.get("/download")
@operation(PAGE, headers=["ETag"], errors=[502, 503])
def listing() -> Response:
    """List the files, with size, digest, version and licence."""
    served, graph = _described(made=True)
    page = render_template(
        "download.html",
        thing=read_thing(current_service().executor, served.iri, graph),
        names=NAMES,
        downloads=served.downloads,
        export_formats=EXPORT_FORMATS,
        media_types=MEDIA_TYPES,
        digest=current_service().executor.digest,
        embedded=schema_org(graph, served),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/download/<name>")
@operation(
    "application/gzip",
    *MEDIA_TYPES.values(),
    parameters=[path("name", "The name of a file.", {"type": "string", "enum": list(NAMES)})],
    headers=["Content-Disposition", "ETag", "Repr-Digest"],
    errors=[404, 502, 503],
)
def download(name: str) -> Response:
    """Hand out a file; parts of it too (RFC 9110, section 14), and its digest in a header (RFC 9530)."""
    if name not in NAMES:
        raise NotFoundError(f"There is no file '{name[:100]}'. Files are {', '.join(NAMES)}.")
    keeps = current_service().executor.digest is not None
    made = _downloads().get(name) if keeps else _downloads().fresh(name)
    media_type = "application/gzip" if name.endswith(".gz") else MEDIA_TYPES[name.split(".")[1]]
    response = send_file(
        made.path, mimetype=media_type, as_attachment=True, download_name=name, etag=made.sha256, conditional=True
    )
    if not keeps:
        made.path.unlink()  # it is open, and gone once it is sent
    del response.headers["Date"], response.headers["Last-Modified"]
    response.headers["Cache-Control"] = "public, no-cache" if keeps else "no-store"
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(made.sha256)).decode()}:"
    return response


def embedded() -> dict[str, object]:
    """Return the dataset as JSON-LD to stand in a page, with the digests that are known so far."""
    served, graph = _described(made=False)
    return schema_org(graph, served)


def _described(*, made: bool) -> tuple[Served, Graph]:
    """Return what is known of the dataset, and its description; data of others are not called by the project's IRI.

    Args:
        made: whether to make the files of a dataset of modest size now, so that their digests are known.
    """
    service, downloads = current_service(), _downloads()
    size = sum(service.statistics.named_graphs.values()) or service.statistics.default_graph.get("triples", 0)
    known: dict[str, Download] = {}
    if service.executor.digest is not None:
        makes = made and size <= _MOST_MADE_AHEAD
        found = ((name, downloads.get(name) if makes else downloads.known(name)) for name in NAMES)
        known = {name: download for name, download in found if download}
    graph = describe_dataset(service.executor, f"{BASE}dataset")
    iri = f"{BASE}dataset" if graph else f"{request.url_root}dataset"
    served = Served(iri, request.url_root, service.statistics.default_graph, NAMES, known)
    add_served(graph, served)
    return served, graph


def _downloads() -> Downloads:
    return cast("Downloads", current_app.extensions[_EXTENSION])


def _write(service: Service, output: IO[bytes], format_name: str) -> None:
    """Write the dataset: the published one from its files, with each literal as they have it, else from the engine."""
    published = published_dataset()
    if published.digest == service.executor.digest:
        write_dataset(published, output, format_name)
        return
    graphs = sorted(service.statistics.named_graphs)
    write_whole(service.executor, graphs, output, format_name)
