"""What shapes read: paths and queries walked forwards and backwards, and what cannot be told from them."""

from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from fsp.dataset.files import DatasetFile
from fsp.validation.graphs import read_graph
from fsp.validation.index import Index
from fsp.validation.reach import Reach
from fsp.validation.shapegraph import ShapeGraph
from fsp.validation.sparql_reach import UnknownReachError, binds_focus, patterns_of

EX = "http://example.org/"
HEAD = "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
DATA = (
    "ex:a a ex:Thing ; ex:p ex:b . ex:b ex:q ex:c . ex:c ex:r ex:d . ex:d ex:q ex:e . ex:f ex:p ex:a . ex:x ex:p ex:y ."
)


def read(text: str) -> Graph:
    """Read Turtle."""
    return read_graph([DatasetFile(Path("a.ttl"), "a.ttl", content=(HEAD + text).encode())])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("ex:p", {"a p b"}),
        ("[ sh:inversePath ex:p ]", {"f p a"}),
        ("( ex:p ex:q )", {"a p b", "b q c"}),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", {"a p b"}),
        ("[ sh:zeroOrMorePath [ sh:alternativePath ( ex:p ex:q ex:r ) ] ]", {"a p b", "b q c", "c r d", "d q e"}),
        ("( [ sh:oneOrMorePath ex:p ] ex:q )", {"a p b", "b q c"}),
        ("( [ sh:zeroOrOnePath ex:p ] ex:q ex:r )", {"a p b", "b q c", "c r d"}),
        ("[ sh:inversePath ( ex:p ex:p ) ]", {"f p a"}),
    ],
)
def test_a_path_reads_what_it_comes_to(path: str, expected: set[str]) -> None:
    """Forwards the triples on the way (SHACL, section 2.3.1); backwards the focus node from each of them."""
    shapes = read(f"ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path {path} ; sh:minCount 1 ] .")
    index, reach = Index(read(DATA)), Reach(ShapeGraph(shapes))
    shape, focus = URIRef(EX + "S"), index.find(URIRef(EX + "a"))
    assert focus is not None
    triples = reach.read([(shape, focus)], index)
    assert {" ".join(str(index.term(n)).removeprefix(EX) for n in triple) for triple in triples} == expected
    assert all(focus in reach.readers([triple], index)[shape] for triple in triples)
    assert reach.unbounded == set()


def test_a_triple_of_no_interest_has_no_reader() -> None:
    """Though its predicate has: no path leads there from a focus node."""
    shapes = read(
        "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ] ."
    )
    index = Index(read(DATA))
    (triple,) = [one for one in index.triples() if str(index.term(one[0])) == EX + "d"]
    assert Reach(ShapeGraph(shapes)).readers([triple], index) == {}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { ?x ?p ?y }",
        "SELECT $this WHERE { $this ex:p ?y . { SELECT ?y WHERE { ?y ex:q ?z } } }",
        "SELECT $this WHERE { GRAPH ?g { $this ex:p ?y } }",
        "SELECT $this WHERE { $this ex:p ex:b . ?x ex:q ex:b }",
        "SELECT $this WHERE { { $this ex:p ?y } UNION { ?y ex:q ?z } }",
        "SELECT $this FROM <http://example.org/g> WHERE { $this ex:p ?y }",
        "no query",
    ],
)
def test_what_cannot_be_told_from_patterns_is_refused(query: str) -> None:
    """The shape may then read anything, and is left to pySHACL."""
    with pytest.raises(UnknownReachError):
        patterns_of(f"PREFIX ex: <{EX}> {query}")


def test_a_constraint_that_may_read_anything_makes_its_shape_so() -> None:
    """And every shape that refers to it."""
    shapes = read(
        "ex:S sh:targetNode ex:a ; sh:node ex:T . ex:T a sh:NodeShape ; sh:sparql ex:Q ."
        ' ex:Q sh:select "SELECT $this WHERE { ?x ?p ?y }" . ex:U sh:targetNode ex:a ; sh:minLength 1 .'
    )
    assert Reach(ShapeGraph(shapes)).unbounded == {URIRef(EX + name) for name in "STQ"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT $this WHERE { $this ex:p ?y FILTER NOT EXISTS { ?y ex:q ?z } }", True),
        ("SELECT $this WHERE { FILTER NOT EXISTS { $this ex:p ?y } }", False),
        ("SELECT $this WHERE { { FILTER (bound($this)) } $this ex:p ?y }", False),
        ("SELECT $this WHERE { $this ex:p ?y . BIND ($this AS ?x) }", False),
        ("SELECT (COUNT(*) AS ?n) $this WHERE { $this ex:p ?y } GROUP BY $this", False),
        ("SELECT $this WHERE { $this ex:p ?y } LIMIT 1", False),
    ],
)
def test_which_queries_can_be_asked_for_all_nodes_at_once(query: str, expected: bool) -> None:
    """Those that bind the focus node in each group themselves (SHACL, section 5.3.1)."""
    assert binds_focus(f"PREFIX ex: <{EX}> {query}") == expected
