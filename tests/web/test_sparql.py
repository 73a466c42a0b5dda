"""The SPARQL endpoint over real HTTP (SPARQL 1.1 Protocol)."""

import csv
import gzip
import http.client
import io
import json
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode

import pyoxigraph as ox
import pytest

from support import Service

SELECT = "SELECT ?class (COUNT(?thing) AS ?things) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY ?class"
CONSTRUCT = "CONSTRUCT WHERE { ?thing a <https://w3id.org/fsp/def#CaseStudy> }"
HARD = 'SELECT ?said ?length WHERE { BIND("100 % + & £ \u2019 é" AS ?said) BIND(STRLEN(?said) AS ?length) } # %20'
HARD_ROWS = [["said", "length"], ["100 % + & £ \u2019 é", "15"]]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


def ask(query: str, **parameters: str) -> str:
    """Return the target of a GET request."""
    return "/sparql?" + urlencode({"query": query, **parameters})


def rows(text: str) -> list[list[str]]:
    """Read CSV."""
    return list(csv.reader(io.StringIO(text)))


def test_the_three_ways_of_asking_give_the_same_rows(service: Service) -> None:
    """GET, form POST and direct POST decode a query once and alike (2.1.1 to 2.1.3)."""
    accept = {"Accept": "text/csv"}
    replies = [
        service.request(ask(HARD), headers=accept),
        service.request("/sparql?query=" + quote(HARD), headers=accept),
        service.request("/sparql", method="POST", body=f"query={quote_plus(HARD)}".encode(), headers=accept | FORM),
        service.request("/sparql", method="POST", body=HARD.encode(), headers=accept | DIRECT),
    ]
    assert [reply.status for reply in replies] == [200] * 4
    assert [rows(reply.text) for reply in replies] == [HARD_ROWS] * 4


def test_curl_gets_the_same_rows_by_the_three_ways(service: Service, tmp_path: Path) -> None:
    """As the documentation says to call it."""
    file = tmp_path / "query.rq"
    file.write_text(HARD, encoding="utf-8")
    url = f"{service.url}sparql"
    curl = ["curl", "--silent", "--show-error", "--fail", "--header", "Accept: text/csv"]
    ways = [
        ["--get", "--data-urlencode", f"query@{file}", url],
        ["--data-urlencode", f"query@{file}", url],
        ["--header", "Content-Type: application/sparql-query", "--data-binary", f"@{file}", url],
    ]
    for way in ways:
        output = subprocess.run([*curl, *way], check=True, capture_output=True).stdout
        assert rows(output.decode()) == HARD_ROWS


@pytest.mark.parametrize("name", TYPES)
def test_each_format_has_its_media_type_and_charset(service: Service, name: str) -> None:
    """By Accept, by suffix and by `format`: the same bytes, under the registered type; text types name UTF-8."""
    query = SELECT if name in {"json", "xml", "csv", "tsv"} else CONSTRUCT
    replies = [
        service.request(ask(query), headers={"Accept": TYPES[name].split(";")[0]}),
        service.request(f"/sparql.{name}?query={quote(query)}"),
        service.request(ask(query, format=name)),
    ]
    assert [reply.status for reply in replies] == [200] * 3
    assert [reply.headers["Content-Type"] for reply in replies] == [TYPES[name]] * 3
    assert replies[0].body == replies[1].body == replies[2].body


def test_every_format_of_solutions_holds_the_same_solutions(service: Service) -> None:
    """JSON, XML, CSV and TSV say the same."""
    parsed = {}
    for name, format_ in [
        ("json", ox.QueryResultsFormat.JSON),
        ("xml", ox.QueryResultsFormat.XML),
        ("tsv", ox.QueryResultsFormat.TSV),
    ]:
        results = ox.parse_query_results(service.request(ask(SELECT, format=name)).body, format_)
        parsed[name] = [[solution["class"].value, solution["things"].value] for solution in results]
    assert parsed["json"] == parsed["xml"] == parsed["tsv"]
    assert rows(service.request(ask(SELECT, format="csv")).text)[1:] == parsed["json"]
    assert len(parsed["json"]) > 5


def test_every_format_of_graphs_holds_the_same_graph(service: Service) -> None:
    """Turtle, N-Triples, RDF/XML and JSON-LD say the same."""
    formats = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    graphs = [set(ox.parse(service.request(ask(CONSTRUCT, format=n)).body, f)) for n, f in formats.items()]
    assert graphs[0] == graphs[1] == graphs[2] == graphs[3]
    assert len(graphs[0]) == 6


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "status"),
    [
        ("GET", ask("SELECT"), {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, None, 400),
        ("GET", "/sparql?query=%FF", {}, None, 400),
        ("GET", "/sparql?timeout=1", {}, None, 400),
        ("GET", ask("ASK {}", timeout="soon"), {}, None, 400),
        ("POST", "/sparql", DIRECT | {"Content-Type": "application/sparql-query; charset=UTF-16"}, b"ASK {}", 400),
        ("POST", "/sparql", FORM, b"", 400),
        ("GET", "/sparql?update=CLEAR+ALL", {}, None, 403),
        ("GET", ask("DROP ALL"), {}, None, 403),
        ("POST", "/sparql", FORM, b"update=CLEAR+ALL", 403),
        ("POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 403),
        ("GET", ask("ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"), {}, None, 403),
        ("GET", "/nowhere", {}, None, 404),
        ("GET", "/sparql.parquet", {}, None, 404),
        ("PUT", "/sparql", {}, b"ASK {}", 405),
        ("DELETE", "/sparql", {}, None, 405),
        ("GET", ask(SELECT), {"Accept": "text/turtle"}, None, 406),
        ("GET", ask(CONSTRUCT), {"Accept": "text/csv"}, None, 406),
        ("GET", ask(SELECT), {"Accept": "image/png"}, None, 406),
        ("GET", ask(SELECT, format="parquet"), {}, None, 406),
        ("GET", "/sparql", {"Accept": "text/csv"}, None, 406),
        ("POST", "/sparql", DIRECT, b"#" * 600_000, 413),
        ("POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}", 415),
    ],
)
def test_every_error_has_its_status_one_body_and_cors(  # noqa: PLR0913, PLR0917 - one column each
    service: Service, method: str, target: str, headers: dict[str, str], body: bytes | None, status: int
) -> None:
    """The body is JSON for a program and a page for a browser; pages of other origins may read it (Fetch, CORS)."""
    reply = service.request(target, method=method, headers=headers, body=body)
    assert reply.status == status
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in reply.headers["Access-Control-Expose-Headers"]
    error = json.loads(reply.body)
    assert sorted(error) == ["error", "errors", "ok", "status"]
    assert (error["ok"], error["status"], error["errors"][0]["message"]) == (False, status, error["error"])
    assert "Traceback" not in reply.text
    page = service.request(target, method=method, headers={"Accept": "text/html"} | headers, body=body)
    if headers.get("Accept") is None and "format=" not in target and (status, target) != (406, "/sparql"):
        assert page.status == status
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_405_names_the_methods_that_there_are(service: Service) -> None:
    """RFC 9110, section 15.5.6."""
    reply = service.request("/sparql", method="PUT")
    assert sorted(reply.headers["Allow"].split(", ")) == ["GET", "HEAD", "OPTIONS", "POST"]


def test_a_syntax_error_says_where(service: Service) -> None:
    """Line and column stand in fields of their own."""
    error = json.loads(service.request(ask("SELECT *\nWHERE { ?s ?p }")).body)["errors"][0]
    assert (error["line"], error["column"]) == (2, 15)


def test_head_is_get_without_the_body(service: Service) -> None:
    """RFC 9110, section 9.3.2."""
    head = service.request(ask(SELECT), method="HEAD")
    get = service.request(ask(SELECT))
    assert (head.status, head.body) == (200, b"")
    for name in ("Content-Type", "ETag", "Vary", "Cache-Control"):
        assert head.headers[name] == get.headers[name]
    assert service.request(ask("SELECT"), method="HEAD").status == 400


def test_options_answers_a_preflight(service: Service) -> None:
    """A browser asks before a POST of `application/sparql-query` from another origin (Fetch, CORS preflight)."""
    headers = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    reply = service.request("/sparql", method="OPTIONS", headers=headers)
    assert reply.status in {200, 204}
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in reply.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", ["/nothing-here", "/sparql.unheard-of", "/assets/none.css", "/sparql.csv", "/health"])
def test_options_is_answered_at_every_address(service: Service, path: str) -> None:
    """Without a preflight that succeeds, a page of another origin cannot read even the 404 (Fetch, CORS preflight)."""
    reply = service.request(path, method="OPTIONS", headers={"Origin": "https://example.org"})
    assert reply.status in {200, 204}
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in reply.headers["Access-Control-Allow-Methods"]


def test_graphs_of_the_request_replace_those_of_the_service_and_of_the_query(service: Service) -> None:
    """Section 2.1.4: each loaded graph can be chosen; an unknown one is empty and is never fetched."""
    graph = "https://w3id.org/fsp/graph/ontology/fsp.ttl"
    default = "ASK { <https://w3id.org/fsp/def#CaseStudy> a ?class }"
    named = f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"

    def answer(query: str, **parameters: str) -> bool:
        reply = service.request(ask(query, format="json", **parameters))
        return bool(json.loads(reply.body)["boolean"])

    assert answer(default) is True
    assert answer(default, **{"default-graph-uri": graph}) is True
    assert answer(default, **{"default-graph-uri": "http://127.0.0.1:9/unknown"}) is False
    assert answer(default, **{"named-graph-uri": graph}) is False
    assert answer(named) is True
    assert answer(named, **{"named-graph-uri": graph}) is True
    assert answer(named, **{"default-graph-uri": graph}) is False
    assert answer(default.replace("{", "FROM <http://127.0.0.1:9/unknown> {", 1)) is False


def test_a_relative_iri_in_a_query_has_a_base(service: Service) -> None:
    """A query without BASE is evaluated all the same (SPARQL 1.1 Query, section 4.1.1.2; RFC 3986, 5.1.4)."""
    reply = service.request(ask("CONSTRUCT { <s> <p> 1 } WHERE {}", format="nt"))
    assert (reply.status, len(reply.text.splitlines())) == (200, 1)


def test_an_etag_saves_sending_an_answer_again(service: Service) -> None:
    """RFC 9110, section 13: the validator is strong, stands for the format, and holds before the query runs."""
    first = service.request(ask(SELECT, format="csv"))
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert "Accept" in first.headers["Vary"]
    for value in (tag, "W/" + tag, f'"other", {tag}', "*"):
        again = service.request(ask(SELECT, format="csv"), headers={"If-None-Match": value})
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert service.request(ask(SELECT, format="csv"), headers={"If-None-Match": '"other"'}).status == 200
    assert service.request(ask(SELECT, format="tsv"), headers={"If-None-Match": tag}).status == 200
    assert service.request(ask("SELECT"), headers={"If-None-Match": "*"}).status == 400


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_differs_each_time_is_not_cached(service: Service, call: str) -> None:
    """No validator, and `no-store`, where the same query has another answer the next time."""
    reply = service.request(ask(f"SELECT ({call} AS ?value) {{}}"))
    assert (reply.status, reply.headers["ETag"], reply.headers["Cache-Control"]) == (200, None, "no-store")


def test_a_page_serves_where_the_answer_comes_in_nothing_else_that_is_accepted(service: Service) -> None:
    """406 only where no representation is acceptable (RFC 9110, section 15.5.7)."""
    reply = service.request(
        ask("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1"), headers={"Accept": "text/csv, text/html;q=0.5"}
    )
    assert (reply.status, reply.headers.get_content_type()) == (200, "text/html")
    reply = service.request(ask("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1"), headers={"Accept": "text/csv, text/html;q=0"})
    assert reply.status == 406


def test_an_answer_is_compressed_when_asked(service: Service) -> None:
    """The coded bytes are another representation, with another strong validator (RFC 9110, section 8.8.3.3)."""
    plain = service.request(ask(SELECT))
    coded = service.request(ask(SELECT), headers={"Accept-Encoding": "gzip"})
    assert plain.headers["Content-Encoding"] is None
    assert coded.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(coded.body) == plain.body
    assert coded.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_time_limit_of_the_caller_is_kept(service: Service) -> None:
    """503 says which limit was met, and when to come back (RFC 9110, section 15.6.4)."""
    costly = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    reply = service.request(ask(costly, timeout="0.5"))
    assert reply.status == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert json.loads(reply.body)["errors"][0]["limit"] == "timeout"


def test_the_page_shows_solutions_as_a_table_with_downloads(service: Service) -> None:
    """A browser gets a form and a table, which need no script; the page loads nothing from elsewhere."""
    reply = service.request(ask(SELECT), headers={"Accept": "text/html"})
    assert reply.status == 200
    assert "<textarea" in reply.text
    assert '<th scope="col">class</th>' in reply.text
    assert '<a href="/def#CaseStudy" title="fsp:CaseStudy">case study</a>' in reply.text
    for name in ("json", "xml", "csv", "tsv"):
        assert f"format={name}" in reply.text
    assert re.findall("<script [^>]*>", reply.text) == [
        '<script type="module" src="/assets/editor.js">',
        '<script type="application/json" id="editor-texts">',
    ]
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "no-referrer"


def test_the_page_shows_a_boolean_and_a_graph(service: Service) -> None:
    """Each form of query has its way to be shown."""
    html = {"Accept": "text/html"}
    assert "Yes (true)" in service.request(ask("ASK {}"), headers=html).text
    graph = service.request(ask(CONSTRUCT), headers=html).text
    assert "https://w3id.org/fsp/def#CaseStudy" in graph
    assert "format=ttl" in graph


def test_the_page_shows_an_error_beside_the_query(service: Service) -> None:
    """Whoever made a slip can mend it there."""
    reply = service.request(ask("SELECT ?typo"), headers={"Accept": "text/html"})
    assert reply.status == 400
    assert "SELECT ?typo</textarea>" in reply.text
    assert 'role="alert"' in reply.text


def test_nothing_in_an_answer_can_run_in_the_page(service: Service) -> None:
    """Text is escaped, and only web addresses become links."""
    query = 'SELECT ?a ?b WHERE { BIND("<script>alert(1)</script>" AS ?a) BIND(<javascript:alert(1)> AS ?b) }'
    text = service.request(ask(query), headers={"Accept": "text/html"}).text
    assert "<script>alert" not in text
    assert 'href="javascript:' not in text


def test_xml_is_well_formed_and_names_its_variables(service: Service) -> None:
    """SPARQL Query Results XML Format, section 2.2."""
    root = ET.fromstring(service.request(ask(SELECT, format="xml")).text)  # noqa: S314 - from our own service
    namespace = "{http://www.w3.org/2005/sparql-results#}"
    names = [variable.attrib["name"] for variable in root.iter(f"{namespace}variable")]
    assert names == ["class", "things"]


def test_a_limit_met_within_an_answer_breaks_it_off(service: Service) -> None:
    """A part is never taken for the whole: the body lacks its end (RFC 9112, section 8)."""
    endless = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    for coding in ("identity", "gzip"):
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            service.request(ask(endless, timeout="1"), headers={"Accept-Encoding": coding})


def test_a_long_answer_begins_before_it_ends(service: Service) -> None:
    """It is streamed, compressed or not: its length is not known when its head is sent."""
    long = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"
    plain = service.request(ask(long, format="tsv"))
    coded = service.request(ask(long, format="tsv"), headers={"Accept-Encoding": "gzip"})
    for reply in (plain, coded):
        assert reply.headers["Transfer-Encoding"] == "chunked"
        assert reply.headers["Content-Length"] is None
    assert gzip.decompress(coded.body) == plain.body
    assert len(plain.text.splitlines()) == 30_001
