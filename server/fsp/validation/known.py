"""What there is to refer to: the terms of vocabularies, and the things that are published, by namespace and by name."""

import re
from collections import Counter, defaultdict
from functools import cached_property
from itertools import islice

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    TIME,
    VANN,
    VOID,
    XSD,
    DefinedNamespace,
)
from rdflib.term import Node

from fsp.namespaces import FSP, GRAPH, SCHEME, SHAPES, THING
from fsp.prefixes import PREFIXES
from fsp.turtle.slips import known_namespaces

__all__ = ["LABELS", "Known", "is_isolated", "nearest", "normalised", "split"]

LABELS = (SKOS.prefLabel, RDFS.label, SKOS.altLabel, FOAF.name, DCTERMS.title)
_CLOSED: tuple[type[DefinedNamespace], ...] = (
    DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, VOID, XSD,
)  # fmt: skip
_MOST_SLIPS = 2
_LETTERS_PER_SLIP = 4
_ENOUGH = 3
_MOST_LOOKED_AT = 500
_NO_LINKS = {RDF.type, FSP.describedIn, FSP.restsOn}


class Known:
    """What is known of the vocabularies and of the published things.

    Args:
        published: what is published, with the ontology.
        ontology: the ontology alone.
    """

    def __init__(self, published: Graph, ontology: Graph) -> None:
        self._published = published
        self._ontology = ontology

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """The namespaces that are right as they are."""
        own = {*known_namespaces().values(), *PREFIXES.values(), str(GRAPH), str(SHAPES), str(THING), str(SCHEME)}
        own |= {f"{THING}{_kind(name)}/" for name in self.terms[str(FSP)] if FSP[name] in self.classes}
        return frozenset({*own, *(str(one) for one in _CLOSED), *(split(str(term))[0] for term in self._used)})

    @cached_property
    def terms(self) -> dict[str, frozenset[str]]:
        """The local names of each vocabulary of which all terms are known."""
        found = {str(one): frozenset(str(name).removeprefix(str(one)) for name in dir(one)) for one in _CLOSED}
        found = {namespace: frozenset(split(name)[1] or name for name in names) for namespace, names in found.items()}
        own = (term for term in self._ontology.subjects() if isinstance(term, URIRef) and term.startswith(FSP))
        return {**found, str(FSP): frozenset(term.removeprefix(FSP) for term in own)}

    @cached_property
    def used(self) -> dict[str, frozenset[str]]:
        """The local names that the published data uses of each vocabulary; there may be others."""
        found: dict[str, set[str]] = defaultdict(set)
        for term in self._used:
            namespace, name = split(str(term))
            found[namespace].add(name)
        return {namespace: frozenset(names) for namespace, names in found.items()}

    @cached_property
    def classes(self) -> frozenset[Node]:
        """The classes of the ontology, and those that the published data uses."""
        declared = self._ontology.subjects(RDF.type, RDFS.Class)
        return frozenset({*declared, *self._published.objects(None, RDF.type)})

    @cached_property
    def properties(self) -> frozenset[Node]:
        """The properties of the ontology, and those that the published data uses."""
        declared = self._ontology.subjects(RDF.type, RDF.Property)
        return frozenset({*declared, *self._published.predicates()})

    @cached_property
    def linking(self) -> frozenset[Node]:
        """The properties whose values are things, never literals."""
        links = {*self._ontology.subjects(RDF.type, OWL.ObjectProperty), RDF.type}
        for predicate in self.properties - links:
            values = [value for _, value in zip(range(20), self._published.objects(None, predicate), strict=False)]
            if len(values) >= _ENOUGH and not any(isinstance(value, Literal) for value in values):
                links.add(predicate)
        return frozenset(links)

    @cached_property
    def things(self) -> dict[str, frozenset[str]]:
        """The local names of the published things and concepts by namespace."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject in set(self._published.subjects()):
            if isinstance(subject, URIRef) and str(subject).startswith((THING, SCHEME)):
                namespace, name = split(str(subject))
                found[namespace].add(name)
        return {namespace: frozenset(names) for namespace, names in found.items()}

    @cached_property
    def labels(self) -> dict[str, tuple[URIRef, ...]]:
        """The published things and concepts of each name, in `normalised` spelling."""
        found: dict[str, dict[URIRef, None]] = defaultdict(dict)
        for predicate in LABELS:
            for subject, name in self._published.subject_objects(predicate):
                if isinstance(subject, URIRef) and str(subject).startswith((THING, SCHEME)):
                    found[normalised(str(name))][subject] = None
        return {name: tuple(things) for name, things in found.items()}

    @cached_property
    def kinds(self) -> dict[str, URIRef]:
        """The class that most published things of a namespace have."""
        counts: dict[str, Counter[URIRef]] = defaultdict(Counter)
        for subject, class_ in self._published.subject_objects(RDF.type):
            if isinstance(class_, URIRef) and str(subject).startswith((THING, SCHEME)):
                counts[split(str(subject))[0]][class_] += 1
        return {
            namespace: max(found, key=lambda class_: (found[class_], class_.startswith(FSP)))
            for namespace, found in counts.items()
        }

    @cached_property
    def lone(self) -> frozenset[Node]:
        """The classes of which some published thing is isolated."""
        return frozenset(
            class_
            for class_ in set(self._published.objects(None, RDF.type))
            for subject in islice(self._published.subjects(RDF.type, class_), _MOST_LOOKED_AT)
            if is_isolated(subject, self._published)
        )

    @cached_property
    def _used(self) -> set[URIRef]:
        """The terms of vocabularies that the published data uses, and the units."""
        used = {*self.properties, *self.classes, *self._published.objects(None, FSP.unit)}
        return {term for term in used if isinstance(term, URIRef)}


def is_isolated(thing: Node, graph: Graph) -> bool:
    """Return whether nothing refers to a thing, and it refers to nothing but concepts, citations and its case."""
    if (None, None, thing) in graph:
        return False
    return not any(
        isinstance(value, BNode) or (isinstance(value, URIRef) and value.startswith(THING))
        for predicate, value in graph.predicate_objects(thing)
        if predicate not in _NO_LINKS
    )


def split(iri: str) -> tuple[str, str]:
    """Return the namespace and the local name of an IRI."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


def _kind(class_: str) -> str:
    """Return what things of a class are called in their IRIs, such as `grant` for `Grant`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", class_).lower()


def normalised(name: str) -> str:
    """Return a name without what people write now so and now otherwise: case, punctuation, spaces."""
    return " ".join(re.findall(r"\w+", name.replace("&", " and ").replace("\u2019", "").replace("'", "").casefold()))


def nearest(name: str, names: frozenset[str]) -> str | None:
    """Return the name that differs least, by one or two slips of the keyboard; None where none is so near."""
    alike = [one for one in names if one.casefold() == name.casefold()]
    if alike:
        return min(alike)
    most = min(_MOST_SLIPS, max(1, len(name) // _LETTERS_PER_SLIP))
    found = extractOne(name, sorted(names), scorer=OSA.distance, score_cutoff=most)
    return None if found is None else str(found[0])
