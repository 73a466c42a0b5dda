"""A shape's rules are told in words: each constraint component that SHACL has for values (SHACL, section 4)."""

import pytest
from rdflib import RDF, SH, Graph, URIRef

from fsp.dataset.files import project_folder
from fsp.description.shapes import Shape, read_helpers, read_shapes

PREFIXES = """
@prefix : <https://example.org/shapes#> .
@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NAMES = {
    "https://example.org/Thing": "thing",
    "https://example.org/p": "size",
    "https://example.org/q": "q",
    "https://example.org/shapes#One": "one",
    "https://example.org/shapes#Other": "other",
    "https://example.org/shapes#Two": "two",
}
PLUMBING = {
    RDF.type, SH.path, SH.name, SH.description, SH.order, SH.group, SH.severity, SH.message, SH.property, SH.sparql,
    SH.select, SH.prefixes, SH.prefix, SH.namespace, SH.declare, RDF.first, RDF.rest,
}  # fmt: skip
"""What is no constraint."""


def one(turtle: str) -> Shape:
    """Return the only shape that checks things."""
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    (shape,) = [shape for shape in read_shapes(graph, NAMES) if shape.about]
    return shape


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("sh:minCount 1 ; sh:maxCount 1", "exactly one"),
        ("sh:minCount 1", "at least one"),
        ("sh:maxCount 1", "at most one"),
        ("sh:maxCount 0", "none"),
        ("sh:minCount 2 ; sh:maxCount 3", "at least 2; at most 3"),
        ("sh:class ex:Thing", "each of the class thing"),
        ("sh:datatype xsd:date", "each of the datatype date"),
        ("sh:nodeKind sh:IRI", "each of the kind IRI"),
        ("sh:node :Other", "each keeps to the shape “other”"),
        ("sh:not :Other", "does not keep to the shape “other”"),
        ("sh:hasValue ex:q", "q among the values"),
        ('sh:pattern "^a"', "matches the pattern ^a"),
        ("sh:lessThan ex:q", "less than the value of q"),
        ("sh:minInclusive 0", "not less than 0"),
        ("sh:or ( :One :Two )", "keeps to at least one of the shapes “one”, “two”"),
        ("sh:in ( ex:q 3 )", "one of q, 3"),
        ('sh:languageIn ( "en" "cy" )', "in one of the languages en, cy"),
        ("sh:uniqueLang true", "no two in one language"),
        (
            "sh:qualifiedValueShape :Other ; sh:qualifiedMinCount 2",
            "at least 2 that keep to the shape “other”",
        ),
        ("sh:minCount 1 ; sh:datatype xsd:string", "at least one; each of the datatype string"),
    ],
)
def test_a_constraint_in_words(constraint: str, words: str) -> None:
    """Each one has words of its own, and several stand one after the other."""
    shape = one(f":S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property :P . :P sh:path ex:p ; {constraint} .")

    assert [(rule.path, rule.rule) for rule in shape.rules] == [("size", words)]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("[ sh:inversePath ex:p ]", "what refers to it by size"),
        ("( ex:p ex:q )", "size, then q"),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", "size or q"),
        ("[ sh:zeroOrMorePath ex:p ]", "size, any number of times"),
        ("( [ sh:inversePath ex:p ] ex:q )", "what refers to it by size, then q"),
    ],
)
def test_a_path_in_words(path: str, words: str) -> None:
    """Property paths of each kind (SHACL, section 2.3.1)."""
    shape = one(f":S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property :P . :P sh:path {path} ; sh:minCount 1 .")

    assert [rule.path for rule in shape.rules] == [words]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("sh:targetClass ex:Thing", "every thing"),
        ("sh:targetSubjectsOf ex:p", "whatever has the property size"),
        ("sh:targetObjectsOf ex:p", "every value of the property size"),
    ],
)
def test_a_target_in_words(target: str, words: str) -> None:
    """What a shape checks (SHACL, section 2.1.3)."""
    assert one(f":S a sh:NodeShape ; {target} ; sh:minLength 1 .").about == words


def test_severity_and_order_are_those_of_the_shapes() -> None:
    """A rule is a violation unless it says otherwise, and rules stand in their order."""
    shape = one(
        """:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property :A, :B .
        :A sh:path ex:p ; sh:order 2 ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "Give one." .
        :B sh:path ex:q ; sh:order 1 ; sh:minCount 1 ."""
    )

    assert [(rule.fragment, rule.severity, rule.message) for rule in shape.rules] == [
        ("B", "Violation", ""),
        ("A", "Warning", "Give one."),
    ]


def test_every_constraint_of_ours_has_words() -> None:
    """No rule of the published shapes is told without words, and nothing of them is left out."""
    graph = Graph()
    for file in (project_folder() / "shapes").glob("*.ttl"):
        graph.parse(file)
    shapes = read_shapes(graph, {})
    rules = [rule for shape in shapes for rule in shape.rules]
    told = {*(shape.fragment for shape in shapes), *(rule.fragment for rule in rules)} - {""}
    told |= {fragment for fragment, _ in read_helpers(graph)}
    named = {str(node).partition("#")[2] for node in graph.subjects() if isinstance(node, URIRef)} - {""}

    assert [rule for rule in rules if not rule.rule] == []
    assert named == told
