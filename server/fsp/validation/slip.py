"""A fault that SHACL cannot see, with its correction where it is plain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from fsp.validation.known import split
from fsp.validation.places import Place, Triple, TriplePlace
from fsp.validation.report import Severity
from fsp.validation.userfiles import UserFiles

__all__ = ["Mended", "Slip", "mend"]


_ENDS = ("#", "/")


@dataclass(frozen=True, slots=True)
class Slip:
    """A fault in how something is written.

    Attributes:
        rule: its stable name, such as `unknown-term`.
        title: the rule in a few words.
        message: what is wrong, and how to mend it.
        place: where it is.
        focus: the thing that it is about; None where it is about a namespace.
        predicate: the property that it is about.
        value: the value that it is about.
        example: what a right one looks like.
        severity: how much it matters.
        terms: IRIs to read as others for the rest of the check.
        triples: triples to read as others for the rest of the check.
        new: triples to add for the rest of the check.
    """

    rule: str
    title: str
    message: str
    place: Place | None
    focus: Node | None = None
    predicate: Node | None = None
    value: Node | None = None
    example: str = ""
    severity: Severity = Severity.VIOLATION
    terms: tuple[tuple[str, str], ...] = ()
    triples: tuple[tuple[Triple, Triple], ...] = ()
    new: tuple[Triple, ...] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """A user's triples as they would be without the slips whose correction is plain, and how the user wrote them.

    Attributes:
        user: the user's files.
        graph: the triples.
        written: how the user wrote each triple that is changed.
        names: how the user wrote each term that is changed and that the user never writes rightly.
    """

    user: UserFiles
    graph: Graph
    written: Mapping[Triple, Triple]
    names: Mapping[Node, Node]

    def place_of(self, triple: Triple) -> TriplePlace | None:
        """Return where a triple stands."""
        return self.user.place_of(self.written.get(triple, triple))

    def find(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Place | None:
        """Return the best place for a remark; see `UserFiles.find`."""
        if predicate is not None and value is not None:
            for triple in ((subject, predicate, value), (value, predicate, subject)):
                place = self.place_of(triple)
                if place is not None:
                    return place.object
        if predicate is not None:
            places = [place for one in self.graph.triples((subject, predicate, None)) if (place := self.place_of(one))]
            if places:
                return min(place.predicate for place in places)
        if predicate is None and value is not None:
            places = [place for one in self.graph.triples((subject, None, value)) if (place := self.place_of(one))]
            if places:
                return min(place.object for place in places)
        return self.user.find(self.names.get(subject, subject), predicate)


def mend(user: UserFiles, slips: Iterable[Slip]) -> Mended:
    """Return what a user means, so that the rest of a check does not tell of the same slips again.

    Args:
        user: the user's files.
        slips: the slips. A correction of a term that ends in `#` or `/` is one of a namespace.
    """
    taken = tuple(slips)
    changed = {old: new for slip in taken for old, new in slip.triples}
    terms = _Terms({old: new for slip in taken for old, new in slip.terms})
    if not any((slip.terms, slip.triples, slip.new) != ((), (), ()) for slip in taken):
        return Mended(user, user.graph, {}, {})
    own = user.graph.all_nodes() | set(user.graph.predicates())
    corrected = {node: terms.right(node) for node in own}
    graph, written = Graph(bind_namespaces="none"), {}
    for triple in user.graph:
        subject, predicate, value = (corrected[node] for node in triple)
        new = changed.get((subject, predicate, value), (subject, predicate, value))
        graph.add(new)
        if new != triple:
            written[new] = triple
    for slip in taken:
        for new in slip.new:
            graph.add(new)
    names = {right: node for node, right in corrected.items() if right not in own}
    return Mended(user, graph, written, names)


class _Terms:
    """Corrections of terms and of namespaces."""

    def __init__(self, corrections: Mapping[str, str]) -> None:
        self._terms = corrections
        # A namespace that ends in neither # nor / cannot be told from an IRI by its own look.
        self._open = [old for old, new in corrections.items() if new[-1:] in _ENDS and old[-1:] not in _ENDS]

    def right(self, node: Node) -> Node:
        """Return the term that was meant."""
        if isinstance(node, Literal) and node.datatype is not None:
            datatype = self._iri(node.datatype)
            return node if datatype == str(node.datatype) else _typed(node, datatype)
        return URIRef(self._iri(node)) if isinstance(node, URIRef) else node

    def _iri(self, iri: str) -> str:
        text = self._terms.get(str(iri), str(iri))
        namespace, name = split(text)
        if name and namespace in self._terms:
            text = self._terms[namespace] + name
        else:
            for old in self._open:
                if text.startswith(old) and not text.startswith(self._terms[old]):
                    text = self._terms[old] + text.removeprefix(old)
        return self._terms.get(text, text)


def _typed(literal: Literal, datatype: str) -> Literal:
    return Literal(str(literal), datatype=URIRef(datatype), normalize=False)
