"""Validation over real HTTP: every format that comes in, every format that goes out, and the page."""

import csv
import gzip
import io
import json
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import RDF, SH

from fsp.errors import ParameterError
from fsp.validation.reports.formats import REPORT_FORMATS
from fsp.web.uploads import MEDIA_TYPES, read_pasted
from support import Reply, Service

SOUND = (Path(__file__).parents[1] / "sound-case.ttl").read_bytes()
FAULTY = b"@prefix fsp: <https://w3id.org/fsp/def#> .\n<https://example.org/p> a fsp:Partnership .\n"
BROKEN = b"@prefix fsp: <https://w3id.org/fsp/def#> .\n<https://example.org/p> a fsp:Partnership ; .. .\n"
TURTLE = {"Content-Type": "text/turtle"}
JSON = {"Accept": "application/json"}
PAGE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
RDF_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
VALIDATION_REPORT = ox.NamedNode(SH.ValidationReport)


def post(service: Service, body: bytes, headers: dict[str, str], target: str = "/validate") -> Reply:
    """Send something to be checked."""
    return service.request(target, method="POST", body=body, headers=headers)


def multipart(*parts: tuple[str, str, bytes]) -> tuple[bytes, dict[str, str]]:
    """Return a form as a browser sends it: fields, and files where a file's name is given."""
    lines = []
    for name, filename, content in parts:
        about = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
        lines.append(b"--edge\r\nContent-Disposition: " + about.encode() + b"\r\n\r\n" + content + b"\r\n")
    return b"".join(lines) + b"--edge--\r\n", {"Content-Type": "multipart/form-data; boundary=edge"}


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_every_rdf_format_is_read(service: Service, name: str) -> None:
    """The same graph gives the same report, whatever it is written in."""
    triples = (quad.triple for quad in ox.parse(SOUND, format=ox.RdfFormat.TURTLE))
    body = ox.serialize(triples, format=RDF_FORMATS[name]) or b""
    media_type = next(media for media, format_ in MEDIA_TYPES.items() if format_ == name)
    reply = post(service, body, JSON | {"Content-Type": f"{media_type}; charset=utf-8"})

    assert (reply.status, reply.headers["Fsp-Conforms"]) == (200, "true")
    assert (json.loads(reply.body)["conforms"], json.loads(reply.body)["checked"]) == (True, 17)


def test_what_does_not_conform_is_told_with_its_place(service: Service) -> None:
    """The status is 200: the report is the answer."""
    reply = post(service, FAULTY, JSON | TURTLE)
    report = json.loads(reply.body)

    assert (reply.status, reply.headers["Fsp-Conforms"], reply.headers["Cache-Control"]) == (200, "false", "no-store")
    assert {finding["place"]["line"] for finding in report["findings"]} == {2}
    assert report["readable"]


def test_what_cannot_be_read_is_told_with_its_place(service: Service) -> None:
    """The status is 422, and the report says where."""
    reply = post(service, BROKEN, JSON | TURTLE)
    report = json.loads(reply.body)

    assert (reply.status, reply.headers["Fsp-Conforms"]) == (422, "false")
    assert (report["readable"], report["findings"][0]["place"]["line"]) == (False, 2)


@pytest.mark.parametrize("name", REPORT_FORMATS)
@pytest.mark.parametrize("how", ["name", "accept"])
def test_every_report_format_is_written(service: Service, name: str, how: str) -> None:
    """By `format` or by `Accept`; each is what its media type says."""
    media_type = REPORT_FORMATS[name].media_type
    by_name = how == "name"
    target = f"/validate?format={name}" if by_name else "/validate"
    reply = post(service, FAULTY, TURTLE | ({} if by_name else {"Accept": media_type}), target)

    assert (reply.status, reply.headers["Fsp-Conforms"]) == (200, "false")
    assert reply.headers.get_content_type() == media_type
    if name in {"json", "sarif"}:
        assert json.loads(reply.body)
    elif name in {"turtle", "jsonld"}:
        assert VALIDATION_REPORT in {quad.object for quad in ox.parse(reply.body, format=RDF_FORMATS[name])}
    elif name == "junit":
        assert ET.fromstring(reply.text).tag in {"testsuite", "testsuites"}  # noqa: S314 - our own
    elif name == "csv":
        assert len(list(csv.reader(io.StringIO(reply.text)))) > 2
    else:
        assert "Violation" in reply.text


def test_json_is_the_report_where_nothing_is_said(service: Service) -> None:
    """As a program expects that names no format, or any."""
    for headers in ({}, {"Accept": "*/*"}):
        assert post(service, SOUND, TURTLE | headers).headers.get_content_type() == "application/json"


@pytest.mark.parametrize(
    ("body", "headers", "target", "status"),
    [
        (b"", TURTLE, "/validate", 400),
        (b" \n", TURTLE, "/validate", 400),
        (FAULTY, {}, "/validate", 415),
        (FAULTY, {"Content-Type": "text/plain"}, "/validate", 415),
        (FAULTY, TURTLE | {"Content-Encoding": "br"}, "/validate", 415),
        (FAULTY, TURTLE | {"Content-Encoding": "gzip"}, "/validate", 400),
        (gzip.compress(FAULTY)[:-9], TURTLE | {"Content-Encoding": "gzip"}, "/validate", 400),
        (FAULTY, TURTLE | {"Accept": "image/png"}, "/validate", 406),
        (FAULTY, TURTLE, "/validate?format=pdf", 406),
        (b"", {"Content-Type": "application/x-www-form-urlencoded"}, "/validate", 400),
        (b"text=x&input-format=word", {"Content-Type": "application/x-www-form-urlencoded"}, "/validate", 400),
        (b"x" * (11 << 20), TURTLE, "/validate", 413),
        (b"action=add+nothing", {"Content-Type": "application/x-www-form-urlencoded"}, "/validate/form", 400),
        (b"action=remove+case-x", {"Content-Type": "application/x-www-form-urlencoded"}, "/validate/form", 400),
    ],
)
def test_what_cannot_be_checked_has_the_common_error(
    service: Service, body: bytes, headers: dict[str, str], target: str, status: int
) -> None:
    """Open to any origin, and with words."""
    reply = post(service, body, headers, target)
    error = json.loads(reply.body)

    assert (reply.status, error["status"], error["ok"], error["errors"][0]["message"]) == (
        status,
        status,
        False,
        error["error"],
    )
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_other_methods_and_preflight(service: Service) -> None:
    """405 names what is allowed; a browser may ask from any origin."""
    assert service.request("/validate", method="DELETE").status == 405
    preflight = service.request("/validate", method="OPTIONS", headers={"Origin": "https://example.org"})
    assert preflight.status == 200
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    assert "Fsp-Conforms" in preflight.headers["Access-Control-Expose-Headers"]


def test_gzip_is_read(service: Service) -> None:
    """As a coding of the body, and as the ending of a file's name."""
    packed = gzip.compress(SOUND)
    assert post(service, packed, TURTLE | {"Content-Encoding": "gzip"}).headers["Fsp-Conforms"] == "true"
    body, headers = multipart(("file", "case.ttl.gz", packed))
    assert post(service, body, headers).headers["Fsp-Conforms"] == "true"


def test_the_page_takes_files_together(service: Service) -> None:
    """One may refer to the other; the report names each by its own name."""
    half = SOUND.index(b".\n\n", len(SOUND) // 2) + 3
    prefixes = b"".join(line for line in SOUND.splitlines(keepends=True) if line.startswith(b"@prefix"))
    parts = (("file", "one.ttl", SOUND[:half]), ("file", "cases/two.ttl", prefixes + SOUND[half:]))
    reply = post(service, *multipart(*parts), "/validate?format=json")
    report = json.loads(reply.body)

    assert (report["conforms"], report["files"]) == (True, ["one.ttl", "two.ttl"])
    alone = json.loads(post(service, *multipart(parts[1]), "/validate?format=json").body)
    assert not alone["conforms"]


def test_the_page_shows_the_report_and_keeps_the_text(service: Service) -> None:
    """Whatever was sent is text in it, and never markup."""
    hostile = FAULTY + b"<https://example.org/q> a fsp:Partnership ; fsp:aim '<script>alert(1)</script></textarea>' .\n"
    body, headers = multipart(("text", "", hostile), ("input-format", "", b""), ("format", "", b""))
    reply = post(service, body, headers | PAGE)

    assert (reply.status, reply.headers["Fsp-Conforms"]) == (200, "false")
    assert "Does not conform" in reply.text
    assert "<script" not in reply.text
    assert "&lt;/textarea&gt;" in reply.text
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


def test_a_browser_gets_errors_as_a_page(service: Service) -> None:
    """With what to do next."""
    body, headers = multipart(("file", "case.docx", b"PK"))
    reply = post(service, body, headers | PAGE)
    assert (reply.status, reply.headers.get_content_type()) == (400, "text/html")
    assert "Known endings are .ttl" in reply.text


def test_the_workbooks_are_handed_out_and_read(service: Service) -> None:
    """The example conforms when it is sent back; the empty one holds nothing to check."""
    example = service.request("/validate/example.xlsx")
    empty = service.request("/validate/case.xlsx")
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    assert {example.headers.get_content_type(), empty.headers.get_content_type()} == {media_type}
    assert post(service, example.body, {"Content-Type": media_type}).headers["Fsp-Conforms"] == "true"
    assert post(service, empty.body, {"Content-Type": media_type}).status == 422


@pytest.mark.parametrize(
    ("text", "format_name"),
    [
        ("@prefix a: <b> . a:c a:d a:e .", "turtle"),
        ("# words\n[] a <b> .", "turtle"),
        ("<a> <b> <c> .", "turtle"),
        ('{"@id": "a"}', "jsonld"),
        (' [ {"@id": "a"} ]', "jsonld"),
        ("<?xml version='1.0'?><rdf:RDF/>", "rdfxml"),
        ("<rdf:RDF xmlns:rdf='x'>", "rdfxml"),
        ('<http://a/s> <http://a/p> "o"@en <http://a/g> .', "nquads"),
        ("@prefix a: <b> .\na:graph { a:c a:d a:e }", "trig"),
        ("GRAPH <g> { <a> <b> <c> }", "trig"),
        ("{ <a> <b> <c> }", "trig"),
    ],
)
def test_the_format_of_pasted_text_is_found(text: str, format_name: str) -> None:
    """Unless it is chosen."""
    endings = {"turtle": ".ttl", "trig": ".trig", "nquads": ".nq", "rdfxml": ".rdf", "jsonld": ".jsonld"}
    assert read_pasted(text, "").name == "pasted" + endings[format_name]
    assert read_pasted(text, "ntriples").name == "pasted.nt"
    with pytest.raises(ParameterError, match="no format of text"):
        read_pasted(text, "n3")


class _Listener(BaseHTTPRequestHandler):
    """Notes who calls."""

    calls: list[str]

    def do_GET(self) -> None:
        """Answer nothing of use."""
        self.calls.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[HTTPServer]:
    """A server that notes what is fetched."""
    _Listener.calls = []
    with HTTPServer(("127.0.0.1", 0), _Listener) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_nothing_is_fetched(service: Service, listener: HTTPServer) -> None:
    """Neither imports, nor contexts, nor entities, nor what a shapes graph names."""
    url = f"http://127.0.0.1:{listener.server_port}"
    imports = f"<x> <http://www.w3.org/2002/07/owl#imports> <{url}/imports.ttl> ; <{SH.shapesGraph}> <{url}/s> ."
    context = json.dumps({"@context": f"{url}/context", "@id": "http://a", "b": "c"})
    entity = f'<!DOCTYPE r [<!ENTITY e SYSTEM "{url}/entity">]><rdf:RDF xmlns:rdf="{RDF}">&e;</rdf:RDF>'
    statuses = [
        post(service, body.encode(), {"Content-Type": media_type}).status
        for body, media_type in (
            (imports, "text/turtle"),
            (context, "application/ld+json"),
            (entity, "application/rdf+xml"),
        )
    ]
    assert (statuses, _Listener.calls) == ([200, 422, 422], [])


def test_shapes_of_the_user_are_not_executed(service: Service) -> None:
    """A shape in the file that all would break breaks nothing."""
    shape = (
        b"\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n<https://example.org/s> a sh:NodeShape ; "
        b"sh:targetClass <https://w3id.org/fsp/def#CaseStudy> ; "
        b"sh:property [ sh:path <https://example.org/none> ; sh:minCount 1 ] .\n"
    )
    findings = json.loads(post(service, SOUND + shape, TURTLE).body)["findings"]
    assert [one for one in findings if "example.org/none" in str(one) and one["kind"] == "shape"] == []
