"""No query brings the service down: each is ended, says which limit it met, and harms no other."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from conftest import SMALL, Running
from fsp.errors import LimitError, NestingError, QuerySyntaxError, RefusedError

CHEAP = "SELECT ?o { <http://example.org/thing/0> <http://example.org/only> ?o }"
EX = "PREFIX ex: <http://example.org/>"


def nested(opening: str, middle: str, closing: str, depth: int = 20_000) -> str:
    """Return a pattern within many others."""
    return f"SELECT * {{ {opening * depth} {middle} {closing * depth} }}"


WORK = {
    "product counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "product streamed": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "product ordered": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a",
    "product made distinct": "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "product by ASK": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?f), STR(?i)) = 'x') }",
    "product by left joins": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } }",
    "product grouped": "SELECT ?a ?d (SUM(?x) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(1 AS ?x) } "
    "GROUP BY ?a ?d ?g",
    "paths from everywhere": f"{EX} SELECT (COUNT(*) AS ?n) {{ ?a (ex:next|^ex:next)* ?b . ?c (ex:next|!ex:x)+ ?d }}",
    "paths in paths": f"{EX} SELECT (COUNT(*) AS ?n) {{ ?a ((ex:link+)+/(ex:link*)*)* ?b . ?b ex:link* ?c }}",
    "long walks in a network": f"{EX} SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join(['ex:link'] * 12)} ?b }}",
    "one string of all": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?i))) AS ?x) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a string doubled": "SELECT (STRLEN(?z) AS ?n) { BIND('0123456789abcdef' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
    + " BIND(?x40 AS ?z) }",
    "a string replaced": "SELECT (REPLACE(?x, '.', ?x) AS ?y) "
    "{ { SELECT (GROUP_CONCAT(STR(?a)) AS ?x) { ?a ?b ?c } } }",
    "a huge CONSTRUCT": "CONSTRUCT { ?a ?e ?i . ?d ?h ?c } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a union of unions": "SELECT * { "
    + " ".join(f"{{ ?s{i} ?p{i} ?o{i} }} UNION {{ ?s{i} ?q{i} ?r{i} }}" for i in range(12))
    + " }",
    "a pattern of hundreds of triples": "SELECT * { " + " . ".join(f"?a{i} ?b{i} ?a{i + 1}" for i in range(400)) + " }",
    "a regular expression": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    "FILTER(REGEX(CONCAT(STR(?a), STR(?f)), '^(([a-z])+.)+[A-Z]([a-z])+$')) }",
    "many VALUES": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(2000)))} }}" for i in range(4))
    + " }",
    "all described": "DESCRIBE * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sub-selects multiplied": "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c } } { SELECT ?d { ?d ?e ?f } } "
    "{ SELECT ?g { ?g ?h ?i } } }",
    "EXISTS for each": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?x ?y ?z . ?u ?v ?w "
    "FILTER(STR(?x) = CONCAT(STR(?a), STR(?d))) } }",
}


@pytest.mark.parametrize("query", WORK.values(), ids=WORK.keys())
def test_a_query_past_a_limit_is_ended_and_says_which(running: Running, query: str) -> None:
    """It ends by a limit of time, memory or result; the next query is answered; as many workers stand by."""
    with pytest.raises(LimitError) as raised:
        running.ask(query, "nt" if query.startswith(("CONSTRUCT", "DESCRIBE")) else "csv")
    assert raised.value.limit in {"timeout", "memory", "result"}
    assert running.ask(CHEAP) == "o\r\nb\r\n"
    assert len(running.workers) == 2


NESTED = {
    "groups": nested("{", "?s ?p ?o", "}"),
    "left joins": nested("?s ?p ?o OPTIONAL {", "?s ?p ?o", "}"),
    "graphs": nested("GRAPH ?g {", "?s ?p ?o", "}"),
    "sub-selects": nested("{ SELECT * {", "?s ?p ?o", "} }"),
    "brackets": nested("?s ?p ?o FILTER(" + "(" * 99, "1", ")" * 100, 200),
    "functions": nested("BIND(" + "STR(" * 9999, "1", ")" * 9999 + " AS ?x)", 1),
    "conditions": nested("BIND(" + "IF(true," * 9999, "1", ",2)" * 9999 + " AS ?x)", 1),
    "paths": nested("?s " + "(" * 9999, "<a:b>", ")*" * 9999 + " ?o", 1),
    "inverse paths": nested("?s " + "^(" * 9999, "<a:b>", ")" * 9999 + " ?o", 1),
    "collections": nested("?s ?p " + "(" * 9999, "1", ")" * 9999, 1),
    "blank nodes": nested("?s ?p " + "[?p " * 9999, "1", "]" * 9999, 1),
    "EXISTS": nested("?s ?p ?o FILTER EXISTS {", "?s ?p ?o", "}"),
    "negations": f"SELECT * {{ ?s ?p ?o FILTER({'!' * 50_000} true) }}",
    "minus signs": f"SELECT ({'- ' * 50_000} 1 AS ?x) {{}}",
    "a sum": f"SELECT (1{' + 1' * 50_000} AS ?x) {{}}",
    "a disjunction": f"SELECT * {{ ?s ?p ?o FILTER(?s = ?o{' || ?s = ?o' * 20_000}) }}",
    "a long path": f"SELECT * {{ ?s <a:b>{'/<a:b>' * 20_000} ?o }}",
    "a long union": f"SELECT * {{ {{ ?s ?p ?o }}{' UNION { ?s ?p ?o }' * 20_000} }}",
    "a row of left joins": f"SELECT * {{ ?s ?p ?o {'OPTIONAL { ?s ?p ?o } ' * 20_000} }}",
    "a row of filters": f"SELECT * {{ ?s ?p ?o {'FILTER(?s = ?o) ' * 20_000} }}",
}


@pytest.mark.parametrize("query", NESTED.values(), ids=NESTED.keys())
def test_deep_nesting_is_refused_before_it_reaches_the_engine(
    start_executor: Callable[..., Running], query: str
) -> None:
    """A text that would overflow a native stack is answered by 400, and no worker dies of it."""
    running = start_executor(replace(SMALL, timeout=30))
    before = running.workers
    with pytest.raises(NestingError):
        running.ask(query)
    assert running.workers == before


def test_a_worker_that_overflows_its_stack_dies_alone(start_executor: Callable[..., Running]) -> None:
    """What the first check lets pass kills at most its worker, which is replaced; the answer is 400."""
    running = start_executor(replace(SMALL, timeout=30, memory=1 << 30))
    with pytest.raises(NestingError):
        running.ask(f"SELECT (1{'+1' * 200_000} AS ?x) {{}}")
    assert running.ask(CHEAP) == "o\r\nb\r\n"
    assert len(running.workers) == 2


SERVICES = [
    "SELECT * { SERVICE <http://127.0.0.1:9199/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://example.com/> { ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <http://127.0.0.1/> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { service<file:///etc/passwd>{ ?s ?p ?o } }",
    "PREFIX e: <http://127.0.0.1/> SELECT * { SERVICE e:x { ?s ?p ?o } }",
    "PREFIX e: <http://127.0.0.1/> SELECT * { SERVICEe:x { ?s ?p ?o } }",
    "PREFIX e: <http://127.0.0.1/> SELECT * { SERVICESILENTe:x { ?s ?p ?o } }",
    "PREFIX e: <http://127.0.0.1/> PREFIX SERVICEe: <http://x/> SELECT * { SERVICEe:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
    "SELECT * { FILTER(?a<'b>') SERVICE<http://127.0.0.1/>{ ?s ?p ?o } FILTER(?s<'c>') }",
    "SELECT * { FILTER(?a<#>'''\n?b) SERVICE<http://127.0.0.1/>{ ?s ?p ?o } #'''\n }",
    "PREFIX e: <http://a/> SELECT * { ?s ?p e:a.b.SERVICE <http://127.0.0.1/> {} }",
    "PREFIX e: <http://a/> SELECT * { ?s ?p e:.SERVICE <http://127.0.0.1/> {} }",
    "PREFIX e: <http://a/> SELECT * { ?s e:-1SERVICE <http://127.0.0.1/> {} }",
    "PREFIX e: <http://a:80> SELECT * { ?s ?p e:SERVICE <http://127.0.0.1/> {} }",
    "PREFIX e: <http://a:80> SELECT * { ?s e:trueSERVICE <http://127.0.0.1/> {} }",
    "PREFIX e: <http://a/#> PREFIX y: <http://127.0.0.1/> SELECT * { ?s ?p e:SERVICEy:a\\#b {} }",
    "PREFIX e: <http://a/> PREFIX \ufffdy: <http://127.0.0.1/> SELECT * { ?s ?p e:SERVICE\ufffdy:a {} }",
    "PREFIX\ne: <http://a/> PREFIXf: <http://a:80> SELECT * { ?s ?p f:SERVICE <http://127.0.0.1/> {} }",
]


@pytest.mark.parametrize("query", SERVICES)
def test_a_service_is_refused_however_it_is_written(running: Running, query: str) -> None:
    """SERVICE is refused unless the operator lists its endpoint (SPARQL 1.1 Federated Query, section 4)."""
    with pytest.raises(RefusedError):
        running.ask(query)


HARMLESS = [
    "SELECT ?service { ?service ?p 'ask the service' } # SERVICE <x>",
    "PREFIX service: <http://x/> SELECT * { ?service service:SERVICE <http://x/#SERVICE> }",
    "PREFIX service: <http://x/> SELECT * { GRAPH service:x { ?s a service:Service } }",
    "PREFIX : <#> PREFIX u: <urn:x:> SELECT * { ?s :service ?o . ?o u:forService 'x\\\\.' }",
    'SELECT * { ?s <http://x/a#b> ?service . ?service <http://x/it\'s#c> """SERVICE <x> {}""" }',
]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_service_elsewhere_is_no_service(running: Running, query: str) -> None:
    """In a variable, a name, an IRI, a string or a comment the word asks nobody."""
    assert running.ask(query).count("\n") == 1


def test_a_prefix_that_is_not_declared_is_told_as_that(running: Running) -> None:
    """Though the name holds the word SERVICE (SPARQL 1.1 Query, section 4.1.1)."""
    with pytest.raises(QuerySyntaxError, match="fsp"):
        running.ask("SELECT * { ?s fsp:forService ?o }")


@pytest.mark.parametrize("iri", ["http://127.0.0.1:9199/", "http://example.com/", "file:///etc/passwd"])
@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_from_fetches_nothing(running: Running, clause: str, iri: str) -> None:
    """A graph that is not loaded is empty, wherever its IRI points."""
    assert running.ask(f"ASK {clause} <{iri}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}") == "false"


def test_others_are_answered_meanwhile(running: Running) -> None:
    """While one query runs to its limit, other queries are answered."""
    failures: list[LimitError] = []

    def run_hostile() -> None:
        with pytest.raises(LimitError) as raised:
            running.ask(WORK["product counted"])
        failures.append(raised.value)

    thread = threading.Thread(target=run_hostile)
    thread.start()
    answers = [running.ask(CHEAP) for _ in range(20)]
    assert thread.is_alive()
    thread.join()
    assert answers == ["o\r\nb\r\n"] * 20
    assert [failure.limit for failure in failures] == ["timeout"]
