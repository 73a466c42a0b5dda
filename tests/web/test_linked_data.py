"""Every IRI of the dataset opens, in every format, and what it opens is about it.

*Cool URIs for the Semantic Web*, section 4.2; *CBD: Concise Bounded Description*, section 2.1.
"""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.compare import to_isomorphic
from werkzeug.test import TestResponse

from described import described, path_of, tried
from fsp.dataset.files import dataset_of, project_folder
from fsp.dataset.load import load
from fsp.execution.embedded import EmbeddedExecutor
from fsp.execution.formats import GRAPH_FORMATS, Format
from fsp.namespaces import BASE
from fsp.settings import Settings
from fsp.web.app import create_app

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PARSERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
CONTEXT = json.loads((project_folder() / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
TRAFFORD = "/doc/case/trafford"
RETIRED = """
@prefix : <https://w3id.org/fsp/id/case/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:old owl:deprecated true ; dcterms:isReplacedBy :new ; rdfs:label "The old one" .
:gone owl:deprecated true .
:new adms:identifier <https://w3id.org/fsp/id/identifier/new-x9>, [ skos:notation "B2" ; rdfs:comment "A register" ] .
<https://w3id.org/fsp/id/identifier/new-x9> skos:notation "X9" ; adms:schemaAgency "An agency" .
:new owl:sameAs <https://elsewhere.example/9> .
:new rdfs:label "The new one" .
"""


def triples(reply: TestResponse) -> list[ox.Triple]:
    """Parse an answer by its media type; a reference to the project's context is followed."""
    (name,) = [format_.name for format_ in GRAPH_FORMATS if format_.content_type == reply.headers["Content-Type"]]
    data = reply.data
    if name == "jsonld" and isinstance(document := json.loads(data), dict):
        assert document.pop("@context") == "http://localhost/context.jsonld"
        data = json.dumps({"@context": CONTEXT, **document}).encode()
    return [quad.triple for quad in ox.parse(data, format=PARSERS[name])]


def follow(client: FlaskClient, path: str, accept: str) -> TestResponse:
    """Ask as a client does that follows redirects and sends its `Accept` each time."""
    return client.get(path, headers={"Accept": accept}, follow_redirects=True)


@pytest.fixture
def retired(tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of a service whose data hold retired things."""
    (tmp_path / "retired.ttl").write_text(RETIRED, encoding="utf-8")
    dataset = dataset_of([tmp_path])
    settings = Settings(workers=1)
    executor = EmbeddedExecutor(partial(load, dataset), dataset.digest, settings.limits)
    yield create_app(executor, settings).test_client()
    executor.close()


@pytest.mark.parametrize("format_", GRAPH_FORMATS, ids=lambda format_: format_.name)
def test_every_iri_opens_as_data(client: FlaskClient, format_: Format) -> None:
    """Each subject of each shipped graph is a subject of what its IRI leads to, in each format.

    All in N-Triples; the other formats are written from the same graph. A canned query that makes a graph is answered
    with that graph: it says by a link where it is described itself.
    """
    missing = {}
    for document, subjects in (described() if format_.name == "nt" else tried()).items():
        reply = follow(client, path_of(document), format_.media_type)
        assert (document, reply.status_code, reply.headers["Content-Type"]) == (document, 200, format_.content_type)
        if document == f"{BASE}queries/case-as-graph":
            assert '</queries.ttl>; rel="describedby"' in reply.headers["Link"]
            reply = follow(client, "/queries", format_.media_type)
            found = {quad.subject.value for quad in ox.parse(reply.data, format=PARSERS[format_.name])}
        else:
            found = {triple.subject.value for triple in triples(reply)}
        if not subjects <= found:
            missing[document] = subjects - found

    assert missing == {}


def test_every_iri_opens_as_a_page(client: FlaskClient) -> None:
    """Each subject of each shipped graph has a page; where the IRI has a fragment, the page has an anchor for it.

    A file can have any number of records: their anchors are on the pages of what refers to the file.
    """
    for document, subjects in tried().items():
        reply = follow(client, path_of(document), BROWSER["Accept"])
        assert (document, reply.status_code, reply.mimetype) == (document, 200, "text/html")
        fragments = {iri.partition("#")[2] for iri in subjects} - {""}
        missing = {name for name in fragments if f'id="{name}"' not in reply.text}
        following = re.search(r'rel="next" href="([^"#]+)', reply.text)
        while missing and following:
            reply = client.get(path_of(document).replace("/id/", "/doc/", 1) + following[1], headers=BROWSER)
            missing = {name for name in missing if f'id="{name}"' not in reply.text}
            following = re.search(r'rel="next" href="([^"#]+)', reply.text)
        assert missing == set()


def test_enough_was_tried() -> None:
    """The tests above see things, terms, concepts, shapes, queries and the dataset."""
    kinds = {iri.removeprefix(BASE).partition("/")[0] for iri in described()}

    assert {"id", "scheme", "def", "alignments", "shapes", "queries", "dataset"} <= kinds
    assert len(described()) > 700


@pytest.mark.parametrize("format_", GRAPH_FORMATS, ids=lambda format_: format_.name)
def test_a_description_is_the_same_graph_in_each_format(client: FlaskClient, format_: Format) -> None:
    """The shapes, with lists and blank nodes within them, lose nothing, and nothing is added."""
    expected = Graph()
    for file in (project_folder() / "shapes").glob("*.ttl"):
        expected.parse(file)
    found = Graph().parse(data=ox.serialize(triples(client.get(f"/shapes.{format_.name}")), format=PARSERS["nt"]))

    assert to_isomorphic(expected) == to_isomorphic(found)


@pytest.mark.parametrize(
    ("path", "files"),
    [("/def", ["ontology/fsp.ttl"]), ("/alignments", ["ontology/alignments.ttl"])],
)
def test_ontology_and_alignments_are_their_files(client: FlaskClient, path: str, files: list[str]) -> None:
    """What is handed out is what the repository has, no more and no less."""
    expected = Graph()
    for file in files:
        expected.parse(project_folder() / file)
    found = Graph().parse(data=ox.serialize(triples(client.get(path)), format=PARSERS["nt"]))

    assert to_isomorphic(expected) == to_isomorphic(found)


@pytest.mark.parametrize("suffix", ["", ".ttl", ".html", "?format=nt", ".rdf?page=2"])
def test_a_thing_leads_to_its_document(client: FlaskClient, suffix: str) -> None:
    """A thing is no document: its IRI answers 303, and keeps the format that was asked for."""
    reply = client.get("/id/case/trafford" + suffix)

    assert (reply.status_code, reply.headers["Location"]) == (303, TRAFFORD + suffix)
    assert "Accept" in reply.headers["Vary"]


@pytest.mark.parametrize(
    ("target", "accept", "expected"),
    [
        (TRAFFORD, "text/turtle", "text/turtle; charset=utf-8"),
        (TRAFFORD, "application/ld+json", "application/ld+json"),
        (TRAFFORD, "application/json", "application/ld+json"),
        (TRAFFORD, "application/rdf+xml", "application/rdf+xml"),
        (TRAFFORD, "*/*", "text/turtle; charset=utf-8"),
        (TRAFFORD, BROWSER["Accept"], "text/html; charset=utf-8"),
        (TRAFFORD, "text/html;q=0.5, text/turtle;q=0.9", "text/turtle; charset=utf-8"),
        (TRAFFORD + ".nt", "text/html", "application/n-triples"),
        (TRAFFORD + "?format=rdf", "text/html", "application/rdf+xml"),
        (TRAFFORD + ".html", "text/turtle", "text/html; charset=utf-8"),
        (TRAFFORD + ".json", "*/*", "application/ld+json"),
        ("/def/1.1.0.ttl", "text/html", "text/turtle; charset=utf-8"),
        ("/graph/data/cases.ttl", BROWSER["Accept"], "text/html; charset=utf-8"),
        ("/graph/data/cases.ttl.nt", "text/html", "application/n-triples"),
        ("/graph/data/cases.ttl", "application/n-triples", "application/n-triples"),
    ],
)
def test_the_format_is_the_one_asked_for(client: FlaskClient, target: str, accept: str, expected: str) -> None:
    """The suffix outweighs `format`, and that outweighs `Accept` (RFC 9110, section 12.5.1)."""
    reply = client.get(target, headers={"Accept": accept})

    assert (reply.status_code, reply.headers["Content-Type"]) == (200, expected)
    assert "Accept" in reply.headers["Vary"]


@pytest.mark.parametrize("target", [TRAFFORD, "/def", "/shapes", "/dataset", "/graph/data/cases.ttl"])
def test_no_other_format_is_promised(client: FlaskClient, target: str) -> None:
    """A table of solutions is no description: 406 names what there is."""
    reply = client.get(target, headers={"Accept": "text/csv"})

    assert reply.status_code == 406
    assert "ttl" in reply.get_json()["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/doc/case/atlantis",
        "/doc/case/trafford.pdf",
        "/scheme/colour",
        "/scheme/sector/fourth",
        "/def/0.1.0",
        "/alignments/9.9.9",
        "/graph/data/none.ttl",
        "/queries/contracts/colour",
        "/dataset/none",
        "/doc/case/trafford?page=7",
        "/doc/case/trafford?page=none",
    ],
)
@pytest.mark.parametrize("accept", [*(format_.media_type for format_ in GRAPH_FORMATS), BROWSER["Accept"]])
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str, accept: str) -> None:
    """404, in the one body for programs and as a page for people."""
    page = accept == BROWSER["Accept"]
    reply = client.get(path, headers={"Accept": accept if page or "page=" not in path else "text/html"})

    assert reply.status_code == 404
    assert (page or "page=" in path) == (reply.mimetype == "text/html")
    assert reply.mimetype == "text/html" or reply.get_json()["status"] == 404


@pytest.mark.parametrize("accept", [*(format_.media_type for format_ in GRAPH_FORMATS), BROWSER["Accept"]])
def test_a_retired_thing_names_its_successor(retired: FlaskClient, accept: str) -> None:
    """410, with the successor in a link (RFC 5829, section 3.3) and in the body, which for people leads there."""
    reply = follow(retired, "/id/case/old", accept)

    assert reply.status_code == 410
    assert reply.headers["Link"] == '<https://w3id.org/fsp/id/case/new>; rel="successor-version"'
    if reply.mimetype == "text/html":
        assert 'href="/doc/case/new"' in reply.text
    else:
        assert reply.get_json()["errors"][0]["successor"] == "https://w3id.org/fsp/id/case/new"


def test_a_retired_thing_may_have_no_successor(retired: FlaskClient) -> None:
    """It is gone all the same, and the new one is there."""
    assert retired.get("/doc/case/gone").status_code == 410
    assert "Link" not in retired.get("/doc/case/gone").headers
    assert retired.get("/doc/case/new").status_code == 200


def test_a_caller_that_has_it_need_not_get_it_again(client: FlaskClient) -> None:
    """304 for the same validator, for page and data; the two have not the same one."""
    tags = set()
    for suffix in (".html", ".ttl"):
        first = client.get(TRAFFORD + suffix)
        again = client.get(TRAFFORD + suffix, headers={"If-None-Match": first.headers["ETag"]})
        tags.add(first.headers["ETag"])
        assert (again.status_code, again.data) == (304, b"")
        assert first.headers["Cache-Control"] == "public, no-cache"

    assert len(tags) == 2


def test_headers_lead_to_the_other_formats(client: FlaskClient) -> None:
    """The page links to its data, and each format to the IRI that it is about (RFC 8288)."""
    page, data = client.get(TRAFFORD + ".html"), client.get(TRAFFORD + ".ttl")

    assert f'<{TRAFFORD}.jsonld>; rel="alternate"; type="application/ld+json"' in page.headers["Link"]
    assert f'<{TRAFFORD}.ttl>; rel="describedby"; type="text/turtle"' in page.headers["Link"]
    assert f'<{TRAFFORD}.html>; rel="alternate"; type="text/html"' in data.headers["Link"]
    for reply in (page, data):
        assert '<https://w3id.org/fsp/id/case/trafford>; rel="canonical"' in reply.headers["Link"]
        assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_a_page_tells_of_its_thing(client: FlaskClient) -> None:
    """Label, kind, what is said, the citations with place and basis, and what refers to it, each by its label."""
    text = client.get(TRAFFORD + ".html").text

    assert "<h1>Trafford: a waste contract, changed and extended</h1>" in text
    assert '<a href="/def#CaseStudy">case study</a>' in text
    assert '<dt title="https://w3id.org/fsp/def#illustrates">illustrates</dt>' in text
    assert '<a href="/scheme/principle/additional-value">' in text
    assert '<a href="/doc/citation/case-studies-3822-3925">characters 3822 to 3925</a>' in text
    assert '<a href="/scheme/basis/by-position">' in text
    assert "<td>illustrates</td>" in text
    assert '<h3 lang="en">described in</h3>' in text


def test_a_page_tells_what_its_thing_is_called_elsewhere(retired: FlaskClient) -> None:
    """Identifiers with what is known of them, whether their nodes have names or not, and the same thing elsewhere."""
    text = retired.get("/doc/case/new", headers=BROWSER).text

    assert '<a href="/doc/identifier/new-x9"><code>X9</code></a>' in text
    assert "An agency" in text
    assert "<code>B2</code>" in text
    assert "A register" in text
    assert '<a href="https://elsewhere.example/9">' in text


def test_what_refers_to_a_thing_is_what_tells_of_it(client: FlaskClient) -> None:
    """No default of a form and no annotation of a statement; citations stand in the order of their source."""
    case = client.get(TRAFFORD, headers=BROWSER).text
    council = client.get("/doc/organisation/trafford-council", headers=BROWSER).text
    assert "described in" in case
    assert [word for word in ("default value", "annotated source", "annotated target") if word in case + council] == []
    source = client.get("/doc/source/case-studies?page=2", headers=BROWSER).text
    starts = [int(start) for start in re.findall(r'<li><a href="/doc/citation/case-studies-(\d+)-', source)]
    assert starts == sorted(starts)
    assert len(starts) > 40


def test_what_refers_to_a_thing_is_paged(client: FlaskClient) -> None:
    """The pages together hold each reference once: all citations refer to the one source."""
    iri = "/doc/source/case-studies"
    first = client.get(iri, headers=BROWSER).text
    pages = [client.get(f"{iri}?page={number}", headers=BROWSER) for number in range(1, 9)]
    links = [part.split('"')[0] for page in pages for part in page.text.split('<li><a href="')[1:]]
    citations = {path_of(iri).replace("/id/", "/doc/") for iri in described() if "/id/citation/" in iri}

    assert 'rel="next" href="?page=2#references"' in first
    assert [page.status_code for page in pages] == [200] * 8
    assert dict.fromkeys(citations, 1) == {citation: links.count(citation) for citation in citations}
    assert client.get(f"{iri}?page=9", headers=BROWSER).status_code == 404


def test_the_context_is_handed_out(client: FlaskClient) -> None:
    """With the media type that JSON-LD asks for (JSON-LD 1.1, section 3.1), and to every origin."""
    reply = client.get("/context.jsonld")

    assert (reply.status_code, reply.headers["Content-Type"]) == (200, "application/ld+json")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(reply.data)["@context"] == CONTEXT


def test_a_name_cannot_break_out(client: FlaskClient) -> None:
    """Whatever stands in a path is a term of the query or nothing, and is text in the page."""
    for path in (
        '/doc/a>} UNION {?s ?p "',
        "/doc/<script>",
        "/doc/%00",
        "/id/x%0d%0aSet-Cookie:a",
        "/graph/a>b",
    ):
        reply = client.get(path, headers=BROWSER)
        assert (path, reply.status_code) in {(path, 404), (path, 303)}
        assert "<script>" not in reply.text
        assert "Set-Cookie" not in reply.headers


def test_pages_of_a_mounted_service_lead_to_itself(app: Flask) -> None:
    """Behind a proxy under a path, each address has that path before it."""
    reply = app.test_client().get("/id/case/trafford", base_url="http://localhost/fsp")
    page = app.test_client().get("/doc/case/trafford", base_url="http://localhost/fsp", headers=BROWSER)

    assert reply.headers["Location"] == "/fsp/doc/case/trafford"
    assert "</fsp/doc/case/trafford.ttl>" in page.headers["Link"]
    assert 'href="/fsp/scheme/principle/additional-value"' in page.text


@pytest.mark.parametrize("character", ["%C2%97", "%F3%B0%9B%9C", "%EF%BF%BE", "%F1%B9%A1%A9", "%EE%80%80", "%5D"])
@pytest.mark.parametrize("path", ["/def/", "/def.", "/doc/case/", "/scheme/principle/", "/queries/jobs/", "/graph/"])
def test_a_name_that_no_iri_can_hold_is_not_found(client: FlaskClient, path: str, character: str) -> None:
    """Controls, private characters and what is no character are escaped (RFC 3987, section 2.2), never a failure."""
    assert client.get(path + character).status_code == 404


def test_a_suffix_of_no_format_is_not_found(client: FlaskClient) -> None:
    """Also where the rest of the path names the dataset."""
    assert client.get("/dataset.AAA").status_code == 404
