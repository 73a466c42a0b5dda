"""The order in which a Turtle document is written: its subjects, their predicates, and the objects of each."""

import re
from collections.abc import Iterator

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, RDF, RDFS, SH, SKOS
from rdflib.term import BNode, Node

from fsp.namespaces import FSP
from fsp.prefixes import PREFIXES
from fsp.turtle.document import Document, Thing

__all__ = ["natural", "ordered_things", "predicate_key"]

_CV = Namespace(PREFIXES["cv"])
_OA = Namespace(PREFIXES["oa"])

_FIRST = (
    RDF.type, SH.path, SH.name, SKOS.prefLabel, RDFS.label, FOAF.name, DCTERMS.title,
    SH.description, DCTERMS.description, SKOS.definition, SKOS.scopeNote, SKOS.example, SKOS.altLabel,
    SH.order, SH.group,
    SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf,
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range,
    ORG.member, ORG.organization, ORG.role, ORG.memberDuring, ORG.classification,
    FSP.committedBy, FSP.madeUnder, FSP.carriedOutBy, FSP.activityType, FSP.outcomeType, FSP.groupType,
    FSP.buyer, FSP.supplier, FSP.underPartnership, FSP.forService, FSP.agreedDuring, FSP.changes, FSP.changeType,
    FSP.indicator, FSP.numericValue, FSP.unit, FSP.perUnit, FSP.phase, FSP.bound,
    FSP.describes, FSP.illustrates, FSP.sector, FSP.ledBy, FSP.status, FSP.earliestDate, FSP.latestDate,
    FSP.fulfils, FSP.resultOf, FSP.becauseOf, FSP.formedDuring, FSP.contributesTo, FSP.concerns, FSP.during,
    FSP.supportedBy, FSP.benefits, FSP.involves, FSP.aim, DCTERMS.spatial,
    _OA.hasSource, FSP.startOffset, FSP.endOffset, FSP.characterCount, FSP.sha256, FSP.basis, FSP.evidenceFor,
)  # fmt: skip
_LAST = (
    RDFS.isDefinedBy, SKOS.broader, SKOS.narrower, SKOS.inScheme, SKOS.topConceptOf, SKOS.hasTopConcept,
    SH.severity, SH.message, SH.property, SH.sparql, SH.declare, SH.prefixes, SH.select,
    FSP.hasMeasurement, FSP.describedIn, FSP.restsOn,
)  # fmt: skip
_RANK = {predicate: number for number, predicate in enumerate(_FIRST)} | {
    predicate: number for number, predicate in enumerate(_LAST, 1000)
}
_MIDDLE = 500

_HEADERS = {OWL.Ontology, SKOS.ConceptScheme}
_CLASSES = {OWL.Class, RDFS.Class, RDFS.Datatype}
_PROPERTIES = {
    RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty, OWL.TransitiveProperty, OWL.SymmetricProperty,
}  # fmt: skip
_ORGANISATIONS = {ORG.Organization, ORG.OrganizationalUnit, _CV.PublicOrganisation, FSP.CharitableArm, FSP.Board}
_SECTIONS: tuple[tuple[set[URIRef], int], ...] = (
    (_HEADERS, 0),
    (_CLASSES, 2),
    (_PROPERTIES, 3),
    ({FSP.Period}, 4),
    ({DCTERMS.Location}, 5),
    (_ORGANISATIONS, 6),
    ({FSP.Citation}, 9),
)
_SHARED, _CASES = 1, 7
_PARTS = (SH.property, SH.sparql)
_DIGITS = re.compile(r"([0-9]+)")


def natural(text: str) -> tuple[tuple[int | str, ...], str]:
    """Return a key that sorts texts as people do: numbers in them by their size."""
    parts = _DIGITS.split(text)
    return tuple(int(part) if number % 2 else part for number, part in enumerate(parts)), text


def predicate_key(predicate: Node, name: str) -> tuple[int, str]:
    """Return a key that sorts predicates: class and labels first, case and citations last.

    Args:
        predicate: the predicate.
        name: how it is written.
    """
    return _RANK.get(URIRef(str(predicate)), _MIDDLE), name


def ordered_things(document: Document) -> Iterator[Thing]:
    """Yield the things of a document in the order in which they are written.

    Sections are: ontologies and schemes; what belongs to no section; classes; properties; periods; places;
    organisations; each case with its things; citations, in the order of their places in the source. Within a section
    the order is the document's own, and a property shape follows its shape.
    """
    cases = _cases(document)
    things = list(document.things.values())
    position = {thing.node: number for number, thing in enumerate(things)}
    things.sort(key=lambda thing: (_section(thing, cases), *_within(thing, position)))
    yield from _with_parts(things, document)


def _cases(document: Document) -> dict[Node, int]:
    """Return the place of each case: as they come in the document, and then those described elsewhere."""
    own = [thing.node for thing in document.things.values() if FSP.CaseStudy in thing.objects(RDF.type)]
    named = {case for thing in document.things.values() for case in thing.objects(FSP.describedIn)}
    return {case: number for number, case in enumerate([*own, *sorted(named.difference(own), key=str)])}


def _section(thing: Thing, cases: dict[Node, int]) -> tuple[int, int]:
    types = set(thing.objects(RDF.type))
    if thing.node in cases:
        return _CASES, cases[thing.node]
    for classes, section in _SECTIONS:
        if types & classes:
            return section, 0
    own = [cases[case] for case in thing.objects(FSP.describedIn)]
    return (_CASES, min(own)) if own else (_SHARED, 0)


def _within(thing: Thing, position: dict[Node, int]) -> tuple[bool, tuple[object, ...], int]:
    """Return what sorts the things of one section: a case comes first, citations go by source and offsets."""
    place: tuple[object, ...] = ()
    if FSP.Citation in thing.objects(RDF.type):
        offsets = [_number(thing, FSP.startOffset), _number(thing, FSP.endOffset)]
        sources = [(position.get(source, len(position)), str(source)) for source in thing.objects(_OA.hasSource)]
        place = (min(sources, default=(len(position), "")), *offsets, natural(str(thing.node)))
    return FSP.CaseStudy not in thing.objects(RDF.type), place, position[thing.node]


def _number(thing: Thing, predicate: URIRef) -> int:
    found = [str(value) for value in thing.objects(predicate)]
    return int(found[0]) if found and found[0].isdecimal() else 0


def _with_parts(things: list[Thing], document: Document) -> Iterator[Thing]:
    """Yield things, each property shape after the first shape that has it."""
    parts: dict[Node, list[Thing]] = {}
    owned: dict[Node, Node] = {}
    position = {thing.node: number for number, thing in enumerate(things)}
    for thing in things:
        for predicate in _PARTS:
            for part in thing.objects(predicate):
                if part in document.things and part not in owned and not isinstance(part, BNode) and part != thing.node:
                    owned[part] = thing.node
                    parts.setdefault(thing.node, []).append(document.things[part])
    given: set[Node] = set()
    waiting = [thing for thing in reversed(things) if thing.node not in owned]
    # Where shapes hold each other in a ring, none of them comes before the others.
    waiting = [*(thing for thing in reversed(things) if thing.node in owned), *waiting]
    while waiting:
        thing = waiting.pop()
        if thing.node not in given:
            given.add(thing.node)
            yield thing
            following = sorted(parts.get(thing.node, ()), key=lambda part: position[part.node])
            waiting += reversed(following)
