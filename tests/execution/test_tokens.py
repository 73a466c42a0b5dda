"""What a query's text shows before it is parsed."""

from pathlib import Path

import pytest

from fsp.execution.tokens import glance, inspect, is_cacheable, may_hold

_ROOT = Path(__file__).parents[2]
_QUERIES = [*_ROOT.glob("queries/*.rq"), *_ROOT.glob("benchmarks/queries/*.rq")]


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# ASK\nPREFIX select: <http://x/ASK> ask { }", "ASK"),
        ("BASE <http://x/> construct { } where { }", "CONSTRUCT"),
        ("DESCRIBE <http://x/>", "DESCRIBE"),
        ("PREFIX x: <http://x/> INSERT DATA { }", "INSERT"),
        ("nothing of the kind", None),
    ],
)
def test_the_form_is_the_first_keyword_after_the_prologue(query: str, form: str | None) -> None:
    """Comments, prefixes and IRIs hold no keywords."""
    assert inspect(query).form == form


@pytest.mark.parametrize(
    "function",
    ["RAND()", "NOW()", "uuid()", "STRUUID( )", "BNODE('a')", "1/RAND()", "?a/now()", "?a-RAND()", "IF(?a,RAND(),1)"],
)
def test_an_answer_that_may_differ_next_time_is_not_cacheable(function: str) -> None:
    """Functions of chance and time, and fresh blank nodes, make a query volatile (SPARQL 1.1 Query, section 17.4)."""
    assert not is_cacheable(f"SELECT ({function} AS ?x) {{}}")


@pytest.mark.parametrize("before", ["{}", "{ ?s ?p ?o.", "{ ?s ?p 1.", "{ ?s ?p true", "{ ?s ?p 'x'"])
def test_an_answer_from_elsewhere_is_not_cacheable(before: str) -> None:
    """What SERVICE answers may change (SPARQL 1.1 Federated Query, section 2), whatever stands before the word."""
    assert not is_cacheable(f"SELECT * {{ {before}SERVICE <http://x/> {{}} }}")


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { [] <x:a> ?o } { ?s ?p ?o }",
        "PREFIX x: <http://x/>\nconstruct{ ?s x:a _:new } FROM <http://y> WHERE { ?s ?p ?o }",
        "CONSTRUCT { ?s <x:a> (1 2) } { ?s ?p ?o }",
        "CONSTRUCT WHERE { [] ?p ?o }",
    ],
)
def test_a_graph_with_new_blank_nodes_is_not_cacheable(query: str) -> None:
    """They are new each time, so their labels differ (SPARQL 1.1 Query, section 16.2.1)."""
    assert not is_cacheable(query)


def test_blank_nodes_of_the_pattern_do_no_harm() -> None:
    """They stand for what there is."""
    assert is_cacheable("CONSTRUCT { ?s <x:a> '[_:b' } { ?s ?p [] . _:b ?q (1 2) FILTER(?s != ?p) } # [")
    assert is_cacheable("SELECT ?construct { ?construct <x:a> [] }")
    assert is_cacheable("SELECT ?s { ?s ?p 'CONSTRUCT {' , [] }")


def test_names_of_volatile_functions_elsewhere_do_no_harm() -> None:
    """A variable, string or prefixed name may be called like a function."""
    assert is_cacheable("SELECT ?service { ?contract <http://x/for/service>/fsp:forService ?service }")
    assert is_cacheable("PREFIX now: <http://x/> SELECT ?RAND { ?uuid now:NOW 'BNODE()' } # RAND()")


@pytest.mark.parametrize(
    ("query", "depth"),
    [
        ("SELECT * { ?s ?p ?o }", 1),
        ("SELECT * { { ?s ?p ( 1 [ ] ) } }", 4),
        ("SELECT * { ?s ?p \"{{{\", '''({[''', <http://x/(((> }", 1),
        (r"PREFIX x: <http://x/> SELECT * { x:a\(\( ?p ?o }", 1),
    ],
)
def test_depth_counts_brackets_that_are_open_together(query: str, depth: int) -> None:
    """Brackets within strings, IRIs and escaped names are not brackets."""
    assert inspect(query).depth == depth


def test_a_glance_sees_the_form_and_never_less_than_there_is() -> None:
    """What is counted without reading is as deep and as long as what is read, or more."""
    queries = [file.read_text(encoding="utf-8") for file in _QUERIES]
    seen = [(found, inspect(query)) for query in queries if (found := glance(query))]
    assert len(seen) > len(queries) / 2
    assert all(found.form == read.form for found, read in seen)
    assert all(found.depth >= read.depth and found.chain >= read.chain for found, read in seen)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("# SELECT\n\tBASE <http://x/>PREFIX ask:<y#> prefix : <z> Ask{}", "ASK"),
        ("PREFIX é.1: <http://x/> # <\ndescribe <http://x/>", "DESCRIBE"),
        ("INSERT DATA {}", "INSERT"),
        ('SELECT * { ?s ?p "a\\tb" }', "SELECT"),
        ("PREFIX<http://x/> SELECT * {}", None),
        ("PREFIX a: <http://x/", None),
        ("SELECTED * {}", None),
        ("", None),
    ],
)
def test_a_glance_passes_over_the_prologue(query: str, form: str | None) -> None:
    """The form follows BASE and PREFIX (SPARQL 1.1 Query, section 4.1); where none does, the text is to be read."""
    found = glance(query)
    assert (found and found.form) == form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x/> { } }",
        "SELECT * { { }serviceSILENT<http://x/> { } }",
        "SELECT * FROM <http://x/> { }",
        "SELECT * { ?s ?p \\u007B }",
        "SELECT (RAND() AS ?x) { }",
        "SELECT * { ?s ?p ?o } #" + 9000 * "x",
    ],
)
def test_a_glance_leaves_to_reading_what_only_reading_can_tell(query: str) -> None:
    """Whom a query calls, what it asks, what escapes spell (SPARQL 1.1 Query, section 19.2), and long texts."""
    assert glance(query) is None


@pytest.mark.parametrize("name", ["fsp:forService", "?from", "$GRAPH", "fsp:service", "_:random"])
def test_a_glance_passes_over_names(name: str) -> None:
    """What follows a colon or the sign of a variable is no keyword (SPARQL 1.1 Query, section 19.8)."""
    assert glance(f"SELECT * {{ ?s ?p {name} }}") is not None
    assert not may_hold(f"ASK {{ ?s ?p {name} }}", ("SERVICE", "FROM", "GRAPH", "RAND"))


@pytest.mark.parametrize(
    "name",
    ["e:GRAPH", "e:x.y.GRAPH", "e:trueGRAPH", "x:GRAPHy:a\\#b", "x:GRAPH\ufffdy:a"],
)
def test_a_local_name_is_no_name_where_the_engine_may_read_on_behind_its_prefix(name: str) -> None:
    """It does so where namespace and local name make no IRI (RFC 3987)."""
    assert may_hold(f"PREFIX e: <http://a:80> PREFIX x: <http://x/#> ASK {{ ?s ?p {name} ?g {{}} }}", ("GRAPH",))


def test_from_is_resolved_by_the_query_s_own_prefixes() -> None:
    """Graphs are read from FROM and FROM NAMED (SPARQL 1.1 Query, section 13.2)."""
    found = inspect("PREFIX g: <http://x/> SELECT * FROM g:a FROM <http://x/b> FROM NAMED g:c { ?s ?p ?o }")
    assert (found.default_graphs, found.named_graphs) == (["http://x/a", "http://x/b"], ["http://x/c"])


def test_from_that_depends_on_base_is_left_to_the_engine() -> None:
    """A relative IRI is resolved by the engine alone."""
    assert inspect("BASE <http://x/> SELECT * FROM <a> { ?s ?p ?o }").is_relative


@pytest.mark.parametrize(
    "text", ['"' * 100_001, "'''" + "\\'" * 100_000, "<a" * 100_000, "\\" * 100_000, "x:%" * 100_000]
)
def test_a_text_of_any_kind_is_read_in_linear_time(text: str) -> None:
    """What is no SPARQL at all is read once from beginning to end; this test would not end otherwise."""
    assert inspect(text).form is None
