"""The dataset is described for catalogues, mapped for search engines, and downloaded whole."""

import gzip
import hashlib
import io
import json
import re
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from defusedxml import ElementTree
from flask import Flask
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, OWL, RDF, VOID, XSD, Graph, Literal, Namespace, URIRef

from fsp.cli import main
from fsp.dataset.downloads import NAMES
from fsp.dataset.export import EXPORT_FORMATS
from fsp.dataset.files import dataset_of
from fsp.dataset.load import load
from fsp.execution.embedded import EmbeddedExecutor
from fsp.execution.interface import Executor
from fsp.namespaces import BASE
from fsp.settings import Settings
from fsp.web import sitemap
from fsp.web.app import create_app

BROWSER = {"Accept": "text/html"}
SPDX = Namespace("http://spdx.org/rdf/terms#")
DATASET = URIRef(f"{BASE}dataset")
OTHER = """
@prefix : <https://w3id.org/fsp/id/case/> .
:one :weighs 2.50 ; :near [ :near :two ] .
:two a :Case .
"""


class Changing:
    """An executor whose data may change at any time: it has no digest."""

    digest = None

    def __init__(self, executor: Executor) -> None:
        self.execute = executor.execute
        self.close = executor.close


@pytest.fixture
def other(tmp_path: Path) -> Iterator[EmbeddedExecutor]:
    """An executor over a file that is not the project's."""
    (tmp_path / "other.ttl").write_text(OTHER, encoding="utf-8")
    dataset = dataset_of([tmp_path])
    executor = EmbeddedExecutor(partial(load, dataset), dataset.digest, Settings(workers=1).limits)
    yield executor
    executor.close()


def described(client: FlaskClient, target: str = "/dataset") -> Graph:
    """Return the description of the dataset."""
    return Graph().parse(data=client.get(target, headers={"Accept": "text/turtle"}).data, format="turtle")


def in_page(text: str) -> dict[str, object]:
    """Return the JSON-LD that stands in a page."""
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, flags=re.DOTALL)
    found: dict[str, object] = json.loads(data)
    return found


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_a_download_is_what_the_command_writes(client: FlaskClient, runner: CliRunner, name: str) -> None:
    """The service hands out the very bytes of `fsp export`, so that their digest can be checked by anyone."""
    with client.get(f"/download/fsp.{name}") as reply:
        exported = runner.invoke(main, ["export", "--format", name]).stdout_bytes
        assert reply.status_code == 200
        assert hashlib.sha256(exported).hexdigest() == hashlib.sha256(reply.data).hexdigest()
    with client.get(f"/download/fsp.{name}.gz") as compressed:
        assert gzip.decompress(compressed.data) == exported


def test_the_page_tells_digest_size_version_and_licence(client: FlaskClient) -> None:
    """What the page says of each file is so."""
    page = client.get("/download").text
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    assert "0.1.0" in page
    for name in NAMES:
        with client.get(f"/download/{name}") as reply:
            assert f'<code class="digest">{hashlib.sha256(reply.data).hexdigest()}</code>' in page
            assert f'<td class="number">{len(reply.data):,}</td>' in page


def test_a_download_has_validator_digest_and_ranges(client: FlaskClient) -> None:
    """304 for who has it, a part for who asks for one (RFC 9110, section 14), and its digest (RFC 9530, section 3)."""
    with client.get("/download/fsp.nt") as reply:
        tag, data = reply.headers["ETag"], reply.data
        digest = b64encode(hashlib.sha256(data).digest()).decode()
        assert reply.headers["Repr-Digest"] == f"sha-256=:{digest}:"
        assert reply.headers["Content-Length"] == str(len(data))
        assert reply.headers["Content-Disposition"] == "attachment; filename=fsp.nt"
    with client.get("/download/fsp.nt", headers={"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
    with client.get("/download/fsp.nt", headers={"Range": "bytes=10-19"}) as part:
        assert (part.status_code, part.data) == (206, data[10:20])


@pytest.mark.parametrize("name", ["fsp.zip", "fsp.ttl.zip", "../etc/passwd", "fsp"])
def test_there_are_no_other_files(client: FlaskClient, name: str) -> None:
    """404, with the names of those that there are where the path is one of a file."""
    assert client.get(f"/download/{name}").status_code == 404


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_other_data_come_from_the_engine(other: EmbeddedExecutor, name: str) -> None:
    """Whatever is served can be downloaded: the same statements, in their graphs where the format has graphs."""
    client = create_app(other, Settings(workers=1)).test_client()
    with client.get(f"/download/fsp.{name}") as reply:
        found = ox.Dataset(ox.parse(reply.data, format=EXPORT_FORMATS[name]))
    graph = "<https://w3id.org/fsp/graph/other.ttl>" if EXPORT_FORMATS[name].supports_datasets else ""
    pattern = f"GRAPH {graph} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
    store = ox.Store()
    store.extend(found)
    ask = f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} FILTER(!CONTAINS(STR(?p), 'none')) }}"
    (row,) = store.query(ask)

    assert row["n"].value == "4"


def test_data_that_change_are_written_each_time(
    other: EmbeddedExecutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a digest of the data nothing is kept, neither here nor by the caller, and no file is left behind."""
    client = create_app(Changing(other), Settings(workers=1)).test_client()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("fsp.nq", "fsp.nq.gz"):
        with client.get(f"/download/{name}") as reply:
            assert reply.status_code == 200
            assert reply.headers["Cache-Control"] == "no-store"
            assert len(reply.data) > 100
    page = client.get("/download").text

    assert 'class="digest"' not in page
    assert "may change at any time" in page
    assert [folder.name.startswith("fsp-download-") for folder in tmp_path.iterdir() if folder.is_dir()] == [True]
    assert list(tmp_path.glob("*/*")) == []


def test_other_data_are_not_called_by_the_projects_name(other: EmbeddedExecutor) -> None:
    """A service of other data describes them under its own address."""
    graph = described(create_app(other, Settings(workers=1)).test_client())

    assert (DATASET, None, None) not in graph
    assert (URIRef("http://localhost/dataset"), RDF.type, DCAT.Dataset) in graph


def test_dcat_describes_each_download(client: FlaskClient) -> None:
    """Each file is a distribution with address, type, size, licence, version and checksum (DCAT 3, section 6.8)."""
    graph = described(client)
    nodes = list(graph.subjects(SPDX.checksum))
    files = {str(graph.value(node, DCAT.downloadURL)).rpartition("/")[2]: node for node in nodes}

    assert set(files) == set(NAMES)
    for name, node in files.items():
        with client.get(f"/download/{name}") as reply:
            data = reply.data
        checksum = graph.value(node, SPDX.checksum)
        assert (DATASET, DCAT.distribution, node) in graph
        assert graph.value(checksum, SPDX.checksumValue) == Literal(
            hashlib.sha256(data).hexdigest(), datatype=XSD.hexBinary
        )
        assert str(graph.value(node, DCAT.byteSize)) == str(len(data))
        assert {DCTERMS.license, OWL.versionInfo, DCAT.mediaType, DCAT.accessURL} <= set(graph.predicates(node))


def test_void_counts_are_those_of_the_engine(client: FlaskClient) -> None:
    """The description says how much the default graph holds (VoID, section 4.6)."""
    triples = client.get("/health").get_json()["triples"]

    assert described(client).value(DATASET, VOID.triples) == Literal(triples)


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "text/html"])
def test_void_is_found_at_its_well_known_place(client: FlaskClient, accept: str) -> None:
    """It redirects by 302 to the description, in the format that is asked for (VoID, section 7.2)."""
    reply = client.get("/.well-known/void", headers={"Accept": accept})
    described = client.get("/.well-known/void", headers={"Accept": accept}, follow_redirects=True)

    assert (reply.status_code, reply.headers["Location"]) == (302, "/dataset")
    assert (described.status_code, described.mimetype) == (200, accept)


@pytest.mark.parametrize("path", ["/", "/dataset", "/download"])
def test_pages_carry_the_description_as_json_ld(client: FlaskClient, path: str) -> None:
    """What search engines for datasets need stands in the page, and is JSON-LD that means what it says."""
    described = in_page(client.get(path, headers=BROWSER).text)
    triples = {
        (quad.subject.value, quad.predicate.value, getattr(quad.object, "value", ""))
        for quad in ox.parse(json.dumps(described), format=ox.RdfFormat.JSON_LD)
        if isinstance(quad.subject, ox.NamedNode)
    }

    assert (str(DATASET), str(RDF.type), "https://schema.org/Dataset") in triples
    assert (str(DATASET), str(RDF.type), str(DCAT.Dataset)) in triples
    assert {"name", "description", "license", "creator", "version", "distribution", "keywords"} <= set(described)
    assert 50 <= len(str(described["description"])) <= 5000


def test_text_of_the_data_cannot_end_the_script(tmp_path: Path) -> None:
    """A title that holds markup stays a title."""
    title = "</script><script>alert(1)</script>"
    text = f'<{DATASET}> <{DCTERMS.title}> "{title}" ; a <{DCAT.Dataset}> .'
    (tmp_path / "evil.ttl").write_text(text, encoding="utf-8")
    dataset = dataset_of([tmp_path])
    executor = EmbeddedExecutor(partial(load, dataset), dataset.digest, Settings(workers=1).limits)
    page = create_app(executor, Settings(workers=1)).test_client().get("/dataset", headers=BROWSER).text
    executor.close()

    assert in_page(page)["name"] == title
    assert "<script>" not in page


def locations(data: bytes) -> list[str]:
    """Return the addresses of a map."""
    places = ElementTree.fromstring(data).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    return [place.text or "" for place in places]


def test_the_map_lists_pages_that_are_there(client: FlaskClient) -> None:
    """Each address of the map opens, and each thing and concept is among them (Sitemaps protocol 0.9)."""
    found = locations(client.get("/sitemap.xml").data)
    paths = [address.removeprefix("http://localhost") for address in found]

    assert len(paths) == len(set(paths))
    for path in paths[:: len(paths) // 60]:
        assert (path, client.get(path, headers=BROWSER).status_code) == (path, 200)
    assert {"/", "/def", "/dataset", "/doc/case/trafford", "/scheme/sector", "/scheme/sector/third"} <= set(paths)
    assert {"/queries/contracts", "/graph/data/cases.ttl", "/download", "/shapes"} <= set(paths)


def test_a_long_map_comes_in_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more pages than one map may hold, the parts together list each once."""
    whole = locations(client.get("/sitemap.xml").data)
    monkeypatch.setattr(sitemap, "_MOST", 300)
    parts = locations(client.get("/sitemap.xml").data)
    listed = [
        address for part in parts for address in locations(client.get(part.removeprefix("http://localhost")).data)
    ]

    assert len(parts) > 2
    assert listed == whole
    assert client.get(f"/sitemap/{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap/0.xml").status_code == 404


def test_robots_are_led_to_the_map(client: FlaskClient) -> None:
    """And asked to leave queries alone (RFC 9309)."""
    text = client.get("/robots.txt").text

    assert "Sitemap: http://localhost/sitemap.xml" in text
    assert "Disallow: /sparql?" in text


def test_a_strange_host_does_no_harm(app: Flask) -> None:
    """What a caller calls the service cannot break its description."""
    for host in ('a"b<c>', "a b", "evil.example"):
        for path in ("/dataset.ttl", "/dataset.nt", "/sitemap.xml", "/robots.txt", "/doc/case/trafford.jsonld"):
            reply = app.test_client().get(path, headers={"Host": host})
            assert (host, path, reply.status_code) in {(host, path, 200), (host, path, 400)}
            if path == "/dataset.ttl" and reply.status_code == 200:
                assert len(Graph().parse(io.BytesIO(reply.data), format="turtle")) > 50
