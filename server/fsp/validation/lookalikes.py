"""Bodies of a user's files that seem to be published already, under another IRI."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from fsp.linking.reconciliation.names import Name, read_name
from fsp.prefixes import PREFIXES
from fsp.validation.known import LABELS, normalised
from fsp.validation.report import Severity
from fsp.validation.slip import Mended, Slip
from fsp.validation.wording import Wording

__all__ = ["Bodies", "lookalike_slips"]

_ADMS = Namespace(PREFIXES["adms"])
_CV = Namespace(PREFIXES["cv"])
_IDENTIFIERS = (ORG.identifier, DCTERMS.identifier, _ADMS.identifier, SKOS.notation, OWL.sameAs, SKOS.exactMatch)
_ROOTS = (ORG.Organization, ORG.OrganizationalUnit, _CV.PublicOrganisation)
_LEGAL = {"the", "ltd", "limited", "plc", "llp", "cic", "inc", "company", "co", "group"}
_SHORTEST = 8
_TELLING = 6
"""Characters from which an identifier tells something without its scheme."""

_Identifier = tuple[Node | None, str]
"""The scheme, where it is known, and the notation or IRI."""


class Bodies:
    """The bodies that are published, by name and by identifier.

    Args:
        published: what is published, with the ontology.
    """

    def __init__(self, published: Graph) -> None:
        self.classes = {one for root in _ROOTS for one in published.transitive_subjects(RDFS.subClassOf, root)}
        self.by_name: dict[str, Node] = {}
        self.by_identifier: dict[str, list[tuple[Node | None, Node]]] = defaultdict(list)
        self.councils: dict[str, list[tuple[Name, Node]]] = defaultdict(list)
        for class_ in self.classes:
            for body in published.subjects(RDF.type, class_):
                for name in _names(body, published):
                    self.by_name.setdefault(name, body)
                for scheme, notation in _identifiers(body, published):
                    self.by_identifier[notation].append((scheme, body))
                for council in _councils(body, published):
                    self.councils[council.core].append((council, body))
        self._by_digits: dict[str, list[str]] = defaultdict(list)
        for name in self.by_name:
            self._by_digits[_digits(name)].append(name)

    def find(self, body: Node, graph: Graph) -> tuple[Node, str] | None:
        """Return a published body that another one seems to be, and why; None where there is none."""
        for identifier in _identifiers(body, graph):
            same = self._identified(*identifier)
            if same is not None:
                return same, f"has the same identifier, {identifier[1]}"
        for name in _names(body, graph):
            alike = self._alike(name)
            if alike is not None:
                return self.by_name[alike], "has nearly the same name" if alike != name else "has the same name"
        for council in _councils(body, graph):
            for other, published in self.councils.get(council.core, ()):
                if _may_be_one(council, other):
                    return published, "is called a council of the same place"
        return None

    def _identified(self, scheme: Node | None, notation: str) -> Node | None:
        """Return the body with this identifier; without a scheme, a short one such as 12 tells nothing."""
        for other, body in self.by_identifier.get(notation, ()):
            if (scheme is not None and scheme == other) or (
                (scheme is None or other is None) and len(notation) >= _TELLING
            ):
                return body
        return None

    def _alike(self, name: str) -> str | None:
        if name in self.by_name:
            return name
        if len(name) < _SHORTEST:
            return None
        found = extractOne(name, self._by_digits.get(_digits(name), []), scorer=OSA.distance, score_cutoff=1)
        return None if found is None else str(found[0])


def lookalike_slips(mended: Mended, words: Wording, bodies: Bodies) -> Iterator[Slip]:
    """Yield a slip for each new body that seems to be there already.

    Args:
        mended: the user's triples, as mended before.
        words: the words to tell them in.
        bodies: the published bodies.
    """
    graph = mended.graph
    new = {body for class_ in bodies.classes for body in graph.subjects(RDF.type, class_)}
    for body in sorted(one for one in new if isinstance(one, URIRef) and (one, None, None) not in words.published):
        found = bodies.find(body, graph)
        if found is None:
            continue
        published, reason = found
        yield Slip(
            rule="already-there",
            title="Body that seems to be there already",
            message=(
                f"{words.name(body)} seems to be published already: {words.written(published)}, "
                f"{words.name(published)}, "
                f"{reason}. Refer to that one, or give the new one a name that tells them apart."
            ),
            place=mended.find(body),
            focus=body,
            example=words.written(published),
            severity=Severity.WARNING,
        )


def _names(body: Node, graph: Graph) -> Iterable[str]:
    names = {normalised(str(name)) for predicate in LABELS for name in graph.objects(body, predicate)}
    return sorted(filter(None, (" ".join(word for word in name.split() if word not in _LEGAL) for name in names)))


def _councils(body: Node, graph: Graph) -> Iterator[Name]:
    """Yield what the names of a council say, in whatever words: `London Borough of Hounslow`, `Hounslow Council`."""
    for predicate in LABELS:
        for label in graph.objects(body, predicate):
            name = read_name(str(label))
            if "council" in name.kinds or "borough" in name.kinds:
                yield name


def _may_be_one(name: Name, other: Name) -> bool:
    """Tell whether two names of a council of one place may mean one council, as far as they say of what kind it is."""
    kinds = name.says | other.says
    return name.says == other.says or (not (name.says and other.says) and "parish" not in kinds)


def _identifiers(body: Node, graph: Graph) -> Iterator[_Identifier]:
    for predicate in _IDENTIFIERS:
        for value in graph.objects(body, predicate):
            scheme = graph.value(value, DCTERMS.conformsTo)
            notations = list(graph.objects(value, SKOS.notation)) or [value]
            yield from ((scheme, str(one).strip()) for one in notations)


def _digits(name: str) -> str:
    return "".join(char for char in name if char.isdigit())
