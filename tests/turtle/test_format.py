"""Turtle is written in one way: nothing is lost, and formatting what is formatted changes nothing."""

import re
import string
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from fsp.dataset.files import project_folder
from fsp.errors import DataError
from fsp.turtle.reader import read_turtle
from fsp.turtle.tokens import tokens
from fsp.turtle.write import format_text, same_triples, write

EX = Namespace("https://example.org/")
FILES = sorted(
    path.relative_to(project_folder()).as_posix()
    for folder in ("data", "ontology", "shapes")
    for path in (project_folder() / folder).rglob("*.ttl")
)
SAMPLE = """# About this file

PREFIX ex: <https://example.org/>
@prefix unused: <https://example.org/unused#> . # nobody needs it
@prefix fsp: <https://w3id.org/fsp/def#> .

# Section

ex:b ex:q 1.0, 01, 1e3 , true, "x"@en-GB, 'it\\'' ; # numbers
    ex:p [ ex:r ( 1 "two" [ ex:s "long \\"quotes\\"" ] ) ; ex:a ex:b ], _:shared ;
    a ex:C .
ex:a ex:p _:shared, ( ) , [ ] ; ex:q \"\"\"two
lines with ""quotes" here\"\"\" .
_:shared ex:p "2011-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .
[ ex:p ex:a ] ex:q ex:b .
_:once ex:p ex:percent%20sign .
ex:c ex:p _:once .
# the end
"""
FORMATTED = '''# About this file

# nobody needs it

@prefix ex: <https://example.org/> .

# Section

ex:b a ex:C ;
    ex:p [ ex:a ex:b ; ex:r ( 1 "two" [ ex:s "long \\"quotes\\"" ] ) ], _:shared ;
    ex:q 01, 1.0, 1e3, "it\'", "x"@en-GB, true . # numbers

ex:a ex:p (), [], _:shared ;
    ex:q """two
lines with ""quotes" here""" .

_:shared ex:p "2011-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .

[] ex:p ex:a ;
    ex:q ex:b .

ex:c ex:p [ ex:p ex:percent%20sign ] .

# the end
'''


def canonical(text: str) -> ox.Dataset:
    """Return the triples of a text with canonical blank nodes."""
    dataset = ox.Dataset(ox.parse(text, ox.RdfFormat.TURTLE))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def comments(text: str) -> list[str]:
    """Return the comments of a text, sorted; two after one value come to stand in one line."""
    found = [comment for token in tokens(text) for comment in (*token.leading, *token.trailing) if comment]
    return sorted(part for comment in found for part in re.split(r" (?=# )", comment))


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_the_project_are_formatted(name: str) -> None:
    """Each .ttl of ontology, data and shapes is as `fsp format` writes it."""
    text = (project_folder() / name).read_text(encoding="utf-8")

    assert format_text(text, file=name) == text


@pytest.mark.parametrize("name", FILES)
def test_formatting_the_files_loses_nothing(name: str) -> None:
    """The triples are the same, every comment is there, and formatting again changes nothing."""
    text = (project_folder() / name).read_text(encoding="utf-8")
    formatted = format_text(text)

    assert canonical(formatted) == canonical(text)
    assert comments(formatted) == comments(text)
    assert format_text(formatted) == formatted


def test_the_style() -> None:
    """Prefixes are sorted and only those used, things are nested, and literals stay as they are written."""
    assert format_text(SAMPLE) == FORMATTED


@pytest.mark.parametrize(
    ("text", "formatted"),
    [
        ("", ""),
        ("# only a comment", "# only a comment\n"),
        ("<a> <p> <b>.", "<a> <p> <b> .\n"),
        ("@base <urn://x/y/> . <a> <../p> <#b>.", "<urn://x/y/a> <urn://x/p> <urn://x/y/#b> .\n"),
        ("PREFIX : <https://example.org/> :a a :b, :c", None),
        ("<a> <p> 25.0, 1E3, +1, -.5, true .", "<a> <p> 1E3, 25.0, +1, -.5, true .\n"),
        ('<a> <p> "25.0"^^<http://www.w3.org/2001/XMLSchema#decimal> .', "<a> <p> 25.0 .\n"),
        (f'<a> <p> "25"^^<{XSD.decimal}> .', f'<a> <p> "25"^^<{XSD.decimal}> .\n'),
        ('<a> <p> "x"^^<http://www.w3.org/2001/XMLSchema#string> .', '<a> <p> "x" .\n'),
        ("<a> <p> 'say \"hi\"\\ttab' .", '<a> <p> "say \\"hi\\"\\ttab" .\n'),
        ('<a> <p> """a\\nb\\\\c""" .', '<a> <p> """a\nb\\\\c""" .\n'),
        ('<a> <p> "\\u00E9\\u0007" .', '<a> <p> "é\\u0007" .\n'),
        ("<a> <p> <b> . <a> <p> <b>, <c> .", "<a> <p> <b>, <c> .\n"),
        ("<a> <p> _:x . _:x <q> _:y . _:y <q> _:x .", "<a> <p> _:x .\n\n_:x <q> [ <q> _:x ] .\n"),
        ("_:x <p> _:x .", "_:x <p> _:x .\n"),
        ("<a> <p> _:x . <b> <p> _:x .", "<a> <p> _:x .\n\n<b> <p> _:x .\n"),
        ("[] <p> [] .", "[] <p> [] .\n"),
        ("( 1 2 ) <p> ( ( ) ( 3 ) ) .", None),
        ("<a> <p> <p10>, <p9>, <p1> .", "<a> <p> <p1>, <p9>, <p10> .\n"),
        ("# c\n\n# d\n<a> <p> 1 .", "# c\n\n# d\n<a> <p> 1 .\n"),
        ("<a> <p> 1 ; # one\n # two\n <q> 2 # three\n . # four\n# five", None),
        ("<a> <p> [ # one\n <q> 1 # two\n # three\n ] # four\n ;\n # <r> 5 ;\n .", None),
        ("<a> <p> ( # one\n 1 # two\n 2 \n # three\n ) .", None),
        ("_:x <p> 1 . # one\n# two\n<a> <q> _:x .", None),
    ],
)  # fmt: skip
def test_each_construct(text: str, formatted: str | None) -> None:
    """Every construct of Turtle keeps its triples and comments, and is stable (Turtle 1.1, section 2)."""
    if formatted is None and not text.endswith("."):
        text = text if "#" in text else text + " ."
    found = format_text(text)

    assert formatted in {found, None}
    assert format_text(found) == found
    assert same_triples(found, text)
    assert comments(found) == comments(text)


def test_things_stand_by_case() -> None:
    """Shared things come first, then each case with what is described in it, and citations by their offsets."""
    text = """
        @prefix : <https://example.org/> . @prefix fsp: <https://w3id.org/fsp/def#> .
        @prefix dcterms: <http://purl.org/dc/terms/> . @prefix oa: <http://www.w3.org/ns/oa#> .
        @prefix org: <http://www.w3.org/ns/org#> .
        :cite-10 a fsp:Citation ; oa:hasSource :source ; fsp:startOffset 10 ; fsp:endOffset 12 .
        :cite-9 a fsp:Citation ; oa:hasSource :source ; fsp:startOffset 9 ; fsp:endOffset 12 .
        :one-b a fsp:Outcome ; fsp:describedIn :one .
        :two a fsp:CaseStudy . :two-a a fsp:Outcome ; fsp:describedIn :two .
        :one a fsp:CaseStudy . :one-a a fsp:Activity ; fsp:describedIn :one .
        :council a org:Organization ; fsp:describedIn :one . :place a dcterms:Location . :period a fsp:Period .
        :source a fsp:SourceText ."""
    statements = format_text(text).split("\n\n")[1:]

    assert [statement.split()[0] for statement in statements] == [
        ":source", ":period", ":place", ":council", ":two", ":two-a", ":one", ":one-b", ":one-a", ":cite-9", ":cite-10",
    ]  # fmt: skip


def test_a_property_shape_follows_its_shape() -> None:
    """Even where it stood elsewhere; classes come before properties."""
    text = """
        @prefix : <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        :p a owl:ObjectProperty . :C a owl:Class . :o a owl:Ontology .
        :B a sh:NodeShape ; sh:property :B-1 . :A a sh:NodeShape ; sh:property :A-1, :B-1 .
        :A-1 a sh:PropertyShape . :B-1 a sh:PropertyShape ; sh:property :A-1 ."""
    statements = format_text(text).split("\n\n")[1:]

    assert [one.split()[0] for one in statements] == [":o", ":B", ":B-1", ":A", ":A-1", ":C", ":p"]


def test_predicates_and_values_have_a_fixed_order() -> None:
    """Class and label first, case and citations last; numbers within names by their size."""
    text = """
        @prefix : <https://example.org/> . @prefix fsp: <https://w3id.org/fsp/def#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :a fsp:restsOn :c-10, :c-9 ; fsp:describedIn :b ; :other 1 ; rdfs:label "a" ; a :Z, fsp:Plan ."""

    assert format_text(text).split("\n\n")[1] == (
        ':a a fsp:Plan, :Z ;\n    rdfs:label "a" ;\n    :other 1 ;\n    fsp:describedIn :b ;\n'
        "    fsp:restsOn :c-9,\n        :c-10 .\n"
    )


@pytest.mark.parametrize("text", ["<a> <p>", "@prefix : <x> . :a b:c 1 .", "<a> <p> “b” ."])
def test_what_is_no_turtle_is_refused(text: str) -> None:
    """With the line and the column."""
    with pytest.raises(DataError, match=r"^bad\.ttl:1:\d+: ") as caught:
        format_text(text, file="bad.ttl")
    assert caught.value.line == 1


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_comment_is_lost_wherever_it_stands(data: st.DataObject) -> None:
    """A comment between any two tokens is there afterwards, and the triples are the same."""
    places = [token.offset for token in tokens(SAMPLE)]
    chosen = sorted(data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=8, unique=True)), reverse=True)
    text = SAMPLE
    for number, place in enumerate(chosen):
        before = data.draw(st.sampled_from(["\n", " ", "\n\n"]))
        after = data.draw(st.sampled_from(["\n", "\n\n"]))
        text = f"{text[:place]}{before}# note {number}{after}{text[place:]}"
    formatted = format_text(text)

    assert all(f"# note {number}" in formatted for number in range(len(chosen)))
    assert format_text(formatted) == formatted
    assert canonical(formatted) == canonical(SAMPLE)


def terms(kinds: str) -> st.SearchStrategy[Node]:
    """Return terms of some kinds."""
    iris = st.sampled_from(
        [EX.a, EX.b, EX["c/d"], EX["e%20f"], URIRef("urn:x:y"), EX[""], EX["1.5"], EX["a."], RDF.nil]
    )
    blanks = st.integers(0, 5).map(lambda number: BNode(f"n{number}"))
    texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    datatypes = st.sampled_from([XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.date, EX.type])
    numbers = st.from_regex(r"[+-]?[0-9]{0,3}\.?[0-9]{0,3}([eE][+-]?[0-9]{1,2})?", fullmatch=True)
    literals = st.one_of(
        texts.map(Literal),
        texts.map(lambda text: Literal(text, lang="en-GB")),
        st.builds(lambda text, kind: Literal(text, datatype=kind, normalize=False), numbers, datatypes),
        st.sampled_from(["true", "false", "1", ""]).map(
            lambda text: Literal(text, datatype=XSD.boolean, normalize=False)
        ),
    )
    return st.one_of(*({"i": iris, "b": blanks, "l": literals}[kind] for kind in kinds))


TRIPLES = st.lists(
    st.tuples(terms("ib"), st.sampled_from([EX.p, EX.q, RDF.type, RDF.first, RDF.rest]), terms("ibl")), max_size=12
)


@given(TRIPLES)
@settings(max_examples=150, deadline=None)
def test_any_graph_is_written_and_read_again(triples: list[tuple[Node, Node, Node]]) -> None:
    """What is written has the same triples to another parser, with the same lexical forms, and is formatted."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    text = write(graph)
    plain = graph.serialize(format="nt")

    assert canonical(text) == canonical(plain)
    assert format_text(text) == text


@given(TRIPLES)
@settings(max_examples=50, deadline=None)
def test_equal_graphs_give_equal_text(triples: list[tuple[Node, Node, Node]]) -> None:
    """Neither the order of the triples nor the labels of blank nodes make a difference."""
    renamed = {BNode(f"n{number}"): BNode() for number in range(6)}
    one, other = Graph(), Graph()
    for subject, predicate, value in triples:
        one.add((subject, predicate, value))
    for subject, predicate, value in reversed(triples):
        other.add((renamed.get(subject, subject), predicate, renamed.get(value, value)))  # type: ignore[call-overload]

    assert write(one) == write(other)


def test_a_long_chain_is_no_recursion() -> None:
    """A list of ten thousand items, and blank nodes a thousand deep, are written all the same."""
    graph = Graph()
    head = BNode()
    Collection(graph, head, [Literal(number) for number in range(10_000)])
    graph.add((EX.a, EX.p, head))
    last = BNode()
    graph.add((EX.b, EX.p, last))
    for _ in range(1000):
        following = BNode()
        graph.add((last, EX.p, following))
        last = following
    text = write(graph)
    document, faults = read_turtle(text)

    assert faults == []
    assert len(list(document.triples())) == len(graph)


def test_an_iri_that_cannot_be_written_is_told() -> None:
    """Instead of Turtle that nobody can read."""
    graph = Graph()
    graph.add((URIRef("https://example.org/a b"), EX.p, EX.c))
    with pytest.raises(DataError, match="cannot be written"):
        write(graph)


def test_prefixes_are_used_only_where_the_name_is_plain() -> None:
    """A name that would need a backslash, or a slash in it, is written in full; the longest namespace wins."""
    graph = Graph()
    for name in ("plain", "with/slash", "dot.", "deep/inner", string.digits):
        graph.add((EX[name], RDF.type, EX.C))
    text = write(graph, {"e": str(EX), "deep": f"{EX}deep/"})

    assert [line.split()[0] for line in text.splitlines() if " a " in line] == [
        "e:0123456789", "deep:inner", "<https://example.org/dot.>", "e:plain", "<https://example.org/with/slash>",
    ]  # fmt: skip


def test_the_project_folder_has_files() -> None:
    """So that the tests above have something to look at."""
    assert "data/cases.ttl" in FILES
    assert Path(project_folder() / "shapes").is_dir()
