"""Terms and property paths as people see them."""

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDFS, SH, XSD

from fsp.namespaces import FSP
from fsp.validation.terms import label, path_text, short


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("fsp:buyer", "fsp:buyer"),
        ("[ sh:inversePath fsp:restsOn ]", "^fsp:restsOn"),
        ("( [ sh:inversePath fsp:buyer ] fsp:supplier )", "^fsp:buyer/fsp:supplier"),
        ("( [ sh:alternativePath ( fsp:buyer fsp:supplier ) ] fsp:sector )", "(fsp:buyer|fsp:supplier)/fsp:sector"),
        ("[ sh:zeroOrMorePath fsp:changes ]", "fsp:changes*"),
        ("[ sh:oneOrMorePath ( fsp:changes fsp:buyer ) ]", "(fsp:changes/fsp:buyer)+"),
        ("[ sh:zeroOrOnePath fsp:changes ]", "fsp:changes?"),
    ],
)
def test_a_path_is_shown_in_the_syntax_of_sparql(path: str, text: str) -> None:
    """SHACL, section 2.3.1; SPARQL 1.1, section 9.1."""
    graph = Graph().parse(data=f"@prefix sh: <{SH!s}> . @prefix fsp: <{FSP}> . fsp:x sh:path {path} .")
    assert path_text(graph.value(FSP.x, SH.path), graph) == text


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (FSP.buyer, "fsp:buyer"),
        (URIRef("http://x/a"), "<http://x/a>"),
        (URIRef(str(FSP) + "a/b"), f"<{FSP}a/b>"),
        (Literal("1.50", datatype=XSD.decimal, normalize=False), '"1.50"^^xsd:decimal'),
        (Literal("café", lang="fr"), '"café"@fr'),
        (BNode("x"), "_:x"),
    ],
)
def test_a_term_is_shown_as_in_turtle(term: URIRef | Literal | BNode, text: str) -> None:
    """With the prefixes of the project, and a literal as it was written."""
    assert short(term) == text


def test_the_english_label_is_preferred() -> None:
    """Then one without a language; None where there is no label."""
    graph = Graph()
    thing = URIRef("http://x/a")
    assert label(thing, graph) is None
    graph.add((thing, RDFS.label, Literal("Ding", lang="de")))
    assert label(thing, graph) == "Ding"
    graph.add((thing, RDFS.label, Literal("thing")))
    assert label(thing, graph) == "thing"
    graph.add((thing, RDFS.label, Literal("Thing", lang="en")))
    assert label(thing, graph) == "Thing"
