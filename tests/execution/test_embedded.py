"""Queries through worker processes: formats, datasets, limits and errors."""
# ruff: noqa: S608 - this is SPARQL, whose SELECT looks like SQL

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from execution_sample import EX, load, load_with_error

from conftest import MIB, SMALL, Running, ask
from fsp.errors import (
    AbandonedError,
    DataError,
    InputError,
    LimitError,
    NotAcceptableError,
    QuerySyntaxError,
    RefusedError,
)
from fsp.execution.embedded import EmbeddedExecutor
from fsp.execution.formats import BY_NAME, GRAPH_FORMATS
from fsp.execution.interface import QueryRequest
from fsp.execution.limits import Limits

LABELS = "SELECT ?label { ?thing <http://example.org/label> ?label } ORDER BY ?label LIMIT 1"
READERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def count(running: Running, query: str, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> int:
    """Return how many solutions a query has over a dataset."""
    request = QueryRequest(query, BY_NAME["json"], None, default_graphs=default, named_graphs=named)
    with running.executor.execute(request) as answer:
        return len(json.loads(b"".join(answer))["results"]["bindings"])


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        ("csv", "label\r\nThing 0 £ é\r\n"),
        ("tsv", '?label\n"Thing 0 £ é"@en\n'),
        (
            "json",
            (
                '{"head":{"vars":["label"]},"results":{"bindings":'
                '[{"label":{"type":"literal","value":"Thing 0 £ é","xml:lang":"en"}}]}}'
            ),
        ),
        (
            "xml",
            (
                '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
                '<variable name="label"/></head><results><result><binding name="label">'
                '<literal xml:lang="en">Thing 0 £ é</literal></binding></result></results></sparql>'
            ),
        ),
    ],
)
def test_solutions_come_in_each_format(running: Running, format_: str, expected: str) -> None:
    """SELECT is answered in JSON, XML, CSV and TSV, in UTF-8."""
    assert running.ask(LABELS, format_) == expected


@pytest.mark.parametrize(
    ("query", "format_", "other", "message"),
    [
        ("SELECT ('a\\u0001' AS ?x) {}", "xml", "json", "control character"),
        ("CONSTRUCT { <x:a> <x:b> 'a\\u0001' } {}", "rdf", "ttl", "control character"),
        ("SELECT ('a\\uFFFE' AS ?x) {}", "xml", "json", "noncharacter"),
        ("CONSTRUCT { <x:a> <http://example.org/1> 1 } {}", "rdf", "jsonld", "without a local name"),
        ("CONSTRUCT { <x:a> <http://www.w3.org/2000/xmlns/x> 1 } {}", "rdf", "nt", "without a local name"),
        ("CONSTRUCT { <x:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> 1 } {}", "rdf", "ttl", "rdf:li"),
    ],
)
def test_no_xml_is_sent_that_no_parser_reads(
    running: Running, query: str, format_: str, other: str, message: str
) -> None:
    """XML has no control characters, RDF/XML no IRIs of properties that end in no name; other formats have both."""
    with pytest.raises(NotAcceptableError, match=message):
        running.ask(query, format_)
    assert running.ask(query, other) != ""


@pytest.mark.parametrize(
    ("query", "format_"),
    [("SELECT ('a\\rb\\r' AS ?x) {}", "xml"), ("CONSTRUCT { <x:a> <x:b> 'a\\rb\\r' } {}", "rdf")],
)
def test_a_carriage_return_is_kept_in_xml(running: Running, query: str, format_: str) -> None:
    """A parser takes the bare character for a line feed (XML 1.0, section 2.11)."""
    texts = list(ET.fromstring(running.ask(query, format_)).itertext())  # noqa: S314 - from our own service
    assert "a\rb\r" in texts


def test_graphs_that_are_not_loaded_are_not_compared(running: Running) -> None:
    """A thousand of them cost nothing, and change no answer."""
    unknown = tuple(f"{EX}unknown/{number}" for number in range(999))
    query = f"SELECT * {{ ?thing <{EX}next> ?other }}"
    assert count(running, query, (*unknown, EX + "a")) == count(running, query, (EX + "a",))
    assert count(running, query, unknown) == 0


@pytest.mark.parametrize("format_", ["csv", "tsv"])
def test_ask_is_answered_in_tables_too(running: Running, format_: str) -> None:
    """CSV and TSV define no form for ASK; the service sends the word."""
    assert running.ask("ASK { ?s ?p ?o }", format_) == "true"


@pytest.mark.parametrize("format_", [format_.name for format_ in GRAPH_FORMATS])
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s <http://example.org/only> ?o }", f"DESCRIBE <{EX}thing/399>"])
def test_graphs_come_in_each_format(running: Running, format_: str, query: str) -> None:
    """CONSTRUCT and DESCRIBE give the same triples in Turtle, N-Triples, RDF/XML and JSON-LD."""
    text = running.ask(query, format_)
    read = {quad.triple for quad in ox.parse(text, READERS[format_], base_iri=EX)}
    assert read == set(load().query(query))  # type: ignore[arg-type]


def test_turtle_is_written_with_prefixes(running: Running) -> None:
    """A person who reads Turtle sees prefixed names where the project has a prefix."""
    query = "CONSTRUCT { <http://x/s> a <http://www.w3.org/2004/02/skos/core#Concept> } {}"
    assert "<http://x/s> a skos:Concept ." in running.ask(query, "ttl")


def test_no_acceptable_format_is_said_by_the_form_of_the_query(running: Running) -> None:
    """Who accepts only tables cannot have a graph (RFC 9110, section 15.5.7)."""
    with pytest.raises(NotAcceptableError, match="CONSTRUCT is answered as one of text/turtle"):
        running.executor.execute(QueryRequest("CONSTRUCT WHERE { ?s ?p ?o }", BY_NAME["csv"], None))


A, B, C, NONE = (f"{EX}{name}" for name in ("a", "b", "c", "unknown"))
DATASETS = [
    # query, default graphs, named graphs, number of solutions
    ("SELECT * { ?s ?p ?o }", (), (), 1352),
    ("SELECT * { ?s ?p ?o }", (A,), (), 799),
    ("SELECT * { ?s ?p ?o }", (A, B), (), 800),
    ("SELECT * { ?s ?p ?o }", (A, A), (), 799),
    ("SELECT * { ?s ?p ?o }", (A, C), (), 1351),
    ("SELECT * { ?s ?p ?o }", (NONE,), (), 0),
    ("SELECT * { ?s ?p ?o }", (), (A,), 0),
    ("SELECT * { GRAPH ?g { ?s ?p ?o } }", (), (), 1353),
    ("SELECT * { GRAPH ?g { ?s ?p ?o } }", (A,), (), 0),
    ("SELECT * { GRAPH ?g { ?s ?p ?o } }", (A, B), (), 0),
    ("SELECT * { GRAPH ?g { ?s ?p ?o } }", (A, B), (B,), 2),
    ("SELECT * { GRAPH ?g { ?s ?p ?o } }", (), (A, NONE), 799),
    (f"SELECT * FROM <{A}> FROM <{B}> {{ ?s ?p ?o }}", (), (), 800),
    (f"PREFIX e: <{EX}> SELECT * FROM e:a FROM NAMED e:b {{ GRAPH ?g {{ ?s ?p ?o }} }}", (), (), 2),
    (f"BASE <{EX}> SELECT * FROM <a> {{ ?s ?p ?o }}", (), (), 799),
    (f"SELECT * FROM <{C}> {{ ?s ?p ?o }}", (B,), (), 2),
    (f"SELECT * FROM NAMED <{C}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", (B,), (), 0),
]


@pytest.mark.parametrize(("query", "default", "named", "number"), DATASETS)
def test_the_dataset_is_the_one_that_was_asked_for(
    running: Running, query: str, default: tuple[str, ...], named: tuple[str, ...], number: int
) -> None:
    """The protocol's dataset overrides FROM, and a default graph is a set (SPARQL 1.1 Protocol, section 2.1.4)."""
    assert count(running, query, default, named) == number


def test_an_answer_of_any_length_is_streamed(start_executor: Callable[..., Running]) -> None:
    """A long answer arrives in pieces, and has the same solutions as the engine itself gives."""
    running = start_executor(replace(SMALL, timeout=20, result=64 * MIB))
    query = "SELECT ?a ?d { ?a <http://example.org/label> ?b . ?d <http://example.org/label> ?e }"
    with running.executor.execute(QueryRequest(query, BY_NAME["csv"], None)) as answer:
        assert answer.whole is None
        pieces = list(answer)
    expected = load().query(query).serialize(format=ox.QueryResultsFormat.CSV)
    assert expected is not None
    assert sorted(b"".join(pieces).splitlines()) == sorted(expected.splitlines())
    assert len(pieces) > 10


def test_a_cut_in_a_stream_is_an_error(start_executor: Callable[..., Running]) -> None:
    """Past the first megabyte a limit cannot change the status any more: the iteration raises."""
    running = start_executor(replace(SMALL, result=2 * MIB, timeout=20))
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    answer = running.executor.execute(QueryRequest(query, BY_NAME["csv"], None))
    received = 0
    with pytest.raises(LimitError) as raised:  # noqa: PT012 - what came before counts
        for piece in answer:
            received += len(piece)
    assert raised.value.limit == "result"
    assert MIB <= received <= 2 * MIB
    assert running.ask(LABELS) == "label\r\nThing 0 £ é\r\n"


def test_a_caller_may_ask_for_a_shorter_time(running: Running) -> None:
    """The time that the caller allows is named in the error; a longer one than the service's does not count."""
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    for timeout, named in ((0.2, "0.2 seconds"), (100, "0.7 seconds")):
        with pytest.raises(LimitError, match=named):
            running.executor.execute(QueryRequest(query, BY_NAME["csv"], None, timeout=timeout))


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_time_that_is_none_is_refused(running: Running, timeout: float) -> None:
    """A timeout must be a positive number."""
    with pytest.raises(InputError, match="more than 0"):
        running.executor.execute(QueryRequest(LABELS, BY_NAME["csv"], None, timeout=timeout))


def test_a_text_over_the_limit_is_refused(start_executor: Callable[..., Running]) -> None:
    """The limit is named, with its size."""
    running = start_executor(replace(SMALL, query=100))
    with pytest.raises(LimitError, match="at most 100") as raised:
        running.ask("SELECT * { ?s ?p 'é' }" + " " * 100)
    assert raised.value.limit == "query"


@pytest.mark.parametrize("query", ["INSERT DATA { <a:b> <a:b> <a:b> }", "PREFIX a: <a:b> DELETE WHERE { ?s ?p ?o }"])
def test_an_update_is_no_query(running: Running, query: str) -> None:
    """An update in the place of a query is refused, and named as such."""
    with pytest.raises(RefusedError, match="read-only"):
        running.ask(query)


def test_an_empty_query_gets_an_example(running: Running) -> None:
    """Who sends nothing is told what to send."""
    with pytest.raises(InputError, match=r"for example: SELECT \*"):
        running.ask(" \n")


def test_a_syntax_error_has_its_place(running: Running) -> None:
    """Line and column are those of the query's own text."""
    with pytest.raises(QuerySyntaxError) as raised:
        running.ask("SELECT *\nWHERE { ?s ?p }")
    assert (raised.value.line, raised.value.column) == (2, 15)


def test_an_unknown_function_is_the_caller_s_error(running: Running) -> None:
    """The engine finds it only when it evaluates."""
    with pytest.raises(QuerySyntaxError, match="http://x/f"):
        running.ask("SELECT (<http://x/f>(1) AS ?y) {}")


def test_an_allowed_service_is_called(start_executor: Callable[..., Running]) -> None:
    """What the operator lists may be asked, and nothing else; nobody listens there, so SILENT gives no solution."""
    running = start_executor(allowed_services=("http://127.0.0.1:9198/",))
    assert running.ask("SELECT ?s { SERVICE SILENT <http://127.0.0.1:9198/> { ?s ?p ?o } }") == "s\r\n\r\n"
    with pytest.raises(RefusedError, match=r"It may ask: <http://127\.0\.0\.1:9198/>"):
        running.ask("SELECT * { SERVICE <http://127.0.0.1:9197/> { ?s ?p ?o } }")


def test_an_error_while_loading_reaches_the_caller() -> None:
    """A file that cannot be parsed is reported with its place, from the process that loads."""
    with pytest.raises(DataError) as raised:
        EmbeddedExecutor(load_with_error, "0" * 64, SMALL)
    assert (str(raised.value), raised.value.line) == ("bad.ttl, line 3, column 7: a full stop is missing.", 3)


def test_a_caller_who_hung_up_is_not_waited_for(running: Running) -> None:
    """The work ends soon after the caller has gone, and its worker is replaced."""
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(AbandonedError):
        running.executor.execute(QueryRequest(query, BY_NAME["csv"], None), lambda: True)
    assert len(running.workers) == 2


def test_the_default_limits_suit_a_small_server() -> None:
    """There are more workers than processors, so that a cheap query finds one beside costly ones."""
    limits = Limits()
    assert 4 <= limits.workers <= 16
    assert limits.timeout == 60


def test_answers_are_the_same_from_a_store_on_disk(tmp_path: Path) -> None:
    """Each worker opens the store for itself, read-only."""
    load(to=str(tmp_path))
    executor = EmbeddedExecutor(partial(ox.Store.read_only, str(tmp_path)), "0" * 64, SMALL, shared=False)
    try:
        assert ask(executor, LABELS) == "label\r\nThing 0 £ é\r\n"
        with pytest.raises(LimitError):
            ask(executor, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        assert ask(executor, LABELS) == "label\r\nThing 0 £ é\r\n"
    finally:
        executor.close()
