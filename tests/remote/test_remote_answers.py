"""The service answers over another engine as it does over its own (SPARQL 1.1 Protocol, section 2.1)."""

import json
from collections import Counter

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from conftest import MANY
from fsp.dataset.files import project_dataset
from fsp.execution.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format

PREFIXES = """\
PREFIX fsp: <https://w3id.org/fsp/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
CASES = "https://w3id.org/fsp/graph/data/cases.ttl"
SHAPES = "https://w3id.org/fsp/graph/shapes/cases.ttl"
TERMS = r"""
SELECT ?term { VALUES ?term {
  "plain" "tagged"@en "a\"b,c;\td\r\ne" "" "£ \u2019 é" 7 -1.5 true false UNDEF <https://example.org/é>
  "2011-01-01"^^xsd:date "2011"^^xsd:gYear "2011-01-01T00:00:00Z"^^xsd:dateTime "z"^^<https://example.org/type>
} }
"""
QUERIES = [
    "SELECT ?case ?label { ?case a fsp:CaseStudy ; rdfs:label ?label } ORDER BY ?case",
    "SELECT ?class (COUNT(?thing) AS ?things) { ?thing a ?class } GROUP BY ?class ORDER BY DESC(?things) ?class",
    "SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph",
    "SELECT ?s ?value { ?s fsp:numericValue ?value FILTER(?value > 10.0) } ORDER BY ?value ?s",
    TERMS,
]
Terms = tuple[str | None, ...]


def solutions(body: bytes, format_: ox.QueryResultsFormat) -> tuple[list[str], list[Terms]]:
    """Return the variables and the rows of an answer."""
    results = ox.parse_query_results(body, format_)
    assert isinstance(results, ox.QuerySolutions)
    rows = [tuple(None if term is None else str(term) for term in solution) for solution in results]
    return [variable.value for variable in results.variables], rows


@pytest.mark.parametrize("query", QUERIES)
def test_solutions_are_those_of_the_own_engine(client: FlaskClient, remote_client: FlaskClient, query: str) -> None:
    """The same query over the same data has the same rows in the same order, whichever engine evaluates it."""
    expected = client.get("/sparql", query_string={"query": PREFIXES + query, "format": "json"})
    actual = remote_client.get("/sparql", query_string={"query": PREFIXES + query, "format": "json"})

    assert actual.status_code == 200, actual.text
    assert solutions(expected.data, ox.QueryResultsFormat.JSON) == solutions(actual.data, ox.QueryResultsFormat.JSON)


@pytest.mark.parametrize("format_", SOLUTION_FORMATS, ids=lambda format_: format_.name)
def test_solutions_in_every_format(client: FlaskClient, remote_client: FlaskClient, format_: Format) -> None:
    """Terms of every kind arrive byte by byte as the own engine writes them, in each format."""
    query = {"query": PREFIXES + TERMS}
    expected = client.get("/sparql", query_string=query, headers={"Accept": format_.media_type})
    actual = remote_client.get("/sparql", query_string=query, headers={"Accept": format_.media_type})

    assert expected.headers["Content-Type"] == actual.headers["Content-Type"]
    assert expected.text == actual.text


@pytest.mark.parametrize("format_", SOLUTION_FORMATS, ids=lambda format_: format_.name)
@pytest.mark.parametrize(
    ("pattern", "answer"), [("?case a fsp:CaseStudy", True), ("fsp:none fsp:none fsp:none", False)]
)
def test_booleans_in_every_format(
    client: FlaskClient, remote_client: FlaskClient, format_: Format, pattern: str, *, answer: bool
) -> None:
    """ASK is answered with a boolean, also by an engine that answers with a table."""
    query = {"query": f"{PREFIXES} ASK {{ {pattern} }}", "format": format_.name}
    expected = client.get("/sparql", query_string=query)
    actual = remote_client.get("/sparql", query_string=query)

    assert expected.text == actual.text
    assert str(answer).lower() in actual.text


@pytest.mark.parametrize("format_", GRAPH_FORMATS, ids=lambda format_: format_.name)
def test_graphs_in_every_format(client: FlaskClient, remote_client: FlaskClient, format_: Format) -> None:
    """CONSTRUCT gives the same triples as the own engine, in each format."""
    query = {
        "query": PREFIXES + "CONSTRUCT { ?case ?property ?value } WHERE { ?case a fsp:CaseStudy ; ?property ?value }",
        "format": format_.name,
    }
    readers = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
    reader = readers.get(format_.name, ox.RdfFormat.JSON_LD)
    expected = client.get("/sparql", query_string=query)
    actual = remote_client.get("/sparql", query_string=query)

    assert actual.headers["Content-Type"] == format_.content_type
    assert Counter(map(str, ox.parse(expected.data, reader))) == Counter(map(str, ox.parse(actual.data, reader)))


def test_a_description(remote_client: FlaskClient) -> None:
    """DESCRIBE gives triples about the resource."""
    case = "https://w3id.org/fsp/id/case/barnsley"
    reply = remote_client.get("/sparql", query_string={"query": f"DESCRIBE <{case}>", "format": "nt"})

    assert ox.NamedNode(case) in {quad.subject for quad in ox.parse(reply.data, ox.RdfFormat.N_TRIPLES)}


def test_blank_nodes(remote_client: FlaskClient) -> None:
    """Blank nodes arrive as blank nodes, in solutions and in graphs."""
    pattern = "{ GRAPH ?graph { ?s ?p ?o FILTER(isBlank(?s)) } } LIMIT 1"
    table = remote_client.get("/sparql", query_string={"query": f"SELECT ?s {pattern}", "format": "json"})
    triples = remote_client.get(
        "/sparql", query_string={"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}", "format": "nt"}
    )

    assert [row["s"]["type"] for row in json.loads(table.data)["results"]["bindings"]] == ["bnode"]
    assert all(isinstance(q.subject, ox.BlankNode) for q in ox.parse(triples.data, ox.RdfFormat.N_TRIPLES))


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_all_three_ways_to_ask(remote_client: FlaskClient, way: str) -> None:
    """A query with signs that are easily decoded twice gives the same answer by each way of asking."""
    query = "SELECT ('100%25 + a&b £ \u2019' AS ?text) {}"
    headers = {"Accept": "text/csv"}
    if way == "get":
        reply = remote_client.get("/sparql", query_string={"query": query}, headers=headers)
    elif way == "form":
        reply = remote_client.post("/sparql", data={"query": query}, headers=headers)
    else:
        reply = remote_client.post("/sparql", data=query, content_type="application/sparql-query", headers=headers)

    assert reply.text == "text\r\n100%25 + a&b £ \u2019\r\n"


@pytest.mark.parametrize(
    ("pattern", "dataset", "expected"),
    [
        ("?s ?p ?o", {"default-graph-uri": CASES}, CASES),
        ("?s ?p ?o", {"default-graph-uri": MANY}, MANY),
        ("?s ?p ?o", {"default-graph-uri": "https://example.org/unknown"}, None),
        ("?s ?p ?o", {"named-graph-uri": CASES}, None),
        ("GRAPH ?g { ?s ?p ?o }", {"named-graph-uri": SHAPES}, SHAPES),
        ("GRAPH ?g { ?s ?p ?o }", {"default-graph-uri": CASES}, None),
        ("GRAPH ?g { ?s ?p ?o }", {"default-graph-uri": CASES, "named-graph-uri": SHAPES}, SHAPES),
        ("GRAPH ?g { ?s ?p ?o }", {"named-graph-uri": "https://example.org/unknown"}, None),
    ],
)
def test_the_request_chooses_the_dataset(
    remote_client: FlaskClient, pattern: str, dataset: dict[str, str], expected: str | None
) -> None:
    """`default-graph-uri` and `named-graph-uri` choose among the graphs; an unknown one is empty (section 2.1.4)."""
    counted = {"query": f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", "format": "csv"}
    whole = {"query": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{expected}> {{ ?s ?p ?o }} }}", "format": "csv"}
    whole["named-graph-uri"] = str(expected)
    actual = remote_client.get("/sparql", query_string=counted | dataset)

    if expected is None:
        assert actual.text == "n\r\n0\r\n"
    else:
        assert actual.text == remote_client.get("/sparql", query_string=whole).text


@pytest.mark.parametrize(
    ("clause", "pattern", "expected"),
    [
        (f"FROM <{SHAPES}>", "?s ?p ?o", True),
        (f"FROM <{SHAPES}>", "GRAPH ?g { ?s ?p ?o }", False),
        (f"FROM NAMED <{SHAPES}>", "?s ?p ?o", False),
        (f"FROM NAMED <{SHAPES}>", "GRAPH ?g { ?s ?p ?o }", True),
        ("FROM <http://127.0.0.1:9/unknown.ttl>", "?s ?p ?o", False),
    ],
)
def test_the_query_chooses_the_dataset(
    remote_client: FlaskClient, clause: str, pattern: str, *, expected: bool
) -> None:
    """FROM and FROM NAMED replace the service's dataset; nothing is fetched (SPARQL 1.1 Query, section 13.2)."""
    query = {"query": f"ASK {clause} {{ {pattern} }}", "format": "csv"}

    assert remote_client.get("/sparql", query_string=query).text.strip() == str(expected).lower()


def test_shapes_are_not_in_the_default_graph(remote_client: FlaskClient) -> None:
    """Of the published data the default graph holds ontology and cases; shapes are asked by GRAPH."""
    query = {"query": "ASK { ?shape a <http://www.w3.org/ns/shacl#NodeShape> }", "format": "csv"}
    named = {"query": "ASK { GRAPH ?g { ?shape a <http://www.w3.org/ns/shacl#NodeShape> } }", "format": "csv"}

    assert not all(file.in_default_graph for file in project_dataset().files)
    assert remote_client.get("/sparql", query_string=query).text.strip() == "false"
    assert remote_client.get("/sparql", query_string=named).text.strip() == "true"


def test_the_pages_work(remote_client: FlaskClient) -> None:
    """The start page, the service description and a page of results are made from the other engine's answers."""
    query = "SELECT ?case { ?case a <https://w3id.org/fsp/def#CaseStudy> }"
    description = remote_client.get("/sparql", headers={"Accept": "text/turtle"})
    page = remote_client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})

    assert remote_client.get("/", headers={"Accept": "text/html"}).status_code == 200
    assert b"void:triples" in description.data
    for case in ("barnsley", "birmingham", "hounslow", "isle-of-wight", "peterborough", "trafford"):
        assert f"/id/case/{case}" in page.text
