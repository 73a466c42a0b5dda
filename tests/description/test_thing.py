"""A thing is read into what its page shows, whatever stands in its description."""

from rdflib import OWL, RDF, SKOS, Graph, URIRef

from fsp.description.schemes import Concept, hierarchy
from fsp.description.thing import Thing

ONE = "https://example.org/one"
TURTLE = """
@prefix : <https://example.org/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:one a :Thing ;
    skos:prefLabel "One"@en ;
    :weight 2.5 ;
    :motto "Cymru am byth"@cy, "Wales for ever"@en ;
    :near [ :place :two ; :parts ( :a "b" ) ] ;
    owl:sameAs <https://elsewhere.example/1> ;
    skos:closeMatch <https://elsewhere.example/2> ;
    adms:identifier [ a adms:Identifier ; skos:notation "E01" ; dcterms:creator :register ],
        <https://example.org/identifier/x> .
<https://example.org/identifier/x> a adms:Identifier ; skos:notation "X9" ; adms:schemaAgency "An agency" .
"""
NAMES = {ONE: "One", "https://example.org/two": "Two", "https://example.org/weight": "weight"}
SCHEME = """
@prefix : <https://example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:animal a skos:Concept ; skos:definition "Lives." .
:dog a skos:Concept ; skos:broader :animal .
:puppy a skos:Concept .
:dog skos:narrower :puppy .
:chicken a skos:Concept ; skos:broader :egg .
:egg a skos:Concept ; skos:broader :chicken .
"""


def thing() -> Thing:
    """Return the thing."""
    return Thing(ONE, Graph().parse(data=TURTLE, format="turtle"), NAMES)


def test_values_are_shown_as_what_they_are() -> None:
    """A number as it is written, a text with its language unless it is English, a thing by its label."""
    properties = {property_.label: property_ for property_ in thing().properties}

    assert [value.text for value in properties["weight"].values] == ["2.5"]
    motto = properties["https://example.org/motto"].values
    assert [(value.text, value.language) for value in motto] == [("Cymru am byth", "cy"), ("Wales for ever", None)]


def test_a_blank_node_is_shown_with_what_is_said_of_it() -> None:
    """Within it a list keeps its order."""
    (near,) = [property_ for property_ in thing().properties if property_.iri == "https://example.org/near"]
    inner = {property_.iri.rpartition("/")[2]: property_ for property_ in near.values[0].properties}

    assert [value.text for value in inner["place"].values] == ["Two"]
    (members,) = inner["parts"].values[0].properties
    assert [value.text for value in members.values] == ["https://example.org/a", "b"]


def test_names_elsewhere_stand_apart() -> None:
    """Identifiers with who gives them, named or not; and the same or like things, by the kind of likeness."""
    found = thing()

    assert [identifier.text for identifier in found.identifiers] == ["E01", "X9"]
    assert [[property_.label for property_ in one.properties] for one in found.identifiers] == [
        ["creator"],
        ["schema agency"],
    ]
    assert [(match.iri, match.values[0].iri) for match in found.matches] == [
        (str(OWL.sameAs), "https://elsewhere.example/1"),
        (str(SKOS.closeMatch), "https://elsewhere.example/2"),
    ]
    assert {str(OWL.sameAs), str(RDF.type)} & {property_.iri for property_ in found.properties} == set()


def test_many_values_are_not_all_shown() -> None:
    """A hundred are, and the rest is counted."""
    graph = Graph().parse(data="".join(f"<{ONE}> <{ONE}#p> <{ONE}#{number}> .\n" for number in range(250)), format="nt")
    (property_,) = Thing(ONE, graph, {}).properties

    assert (len(property_.values), property_.more) == (100, 150)


def test_concepts_stand_under_broader_ones() -> None:
    """By `skos:broader` or `skos:narrower`; each once, also those that stand in a circle."""
    concepts = hierarchy(Graph().parse(data=SCHEME, format="turtle"), {})

    def names(concept: Concept) -> list[object]:
        return [concept.iri.rpartition("/")[2], [names(narrower) for narrower in concept.narrower]]

    assert [names(concept) for concept in concepts] == [
        ["animal", [["dog", [["puppy", []]]]]],
        ["chicken", [["egg", []]]],
    ]
    assert concepts[0].definition == "Lives."
    assert URIRef(concepts[0].iri) == URIRef("https://example.org/animal")
