"""The file of what was decided: which imported bodies are which known ones, and which are not."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS

from fsp.dataset.whole import locked, written_whole
from fsp.errors import DataError
from fsp.linking.review.matching import Match
from fsp.namespaces import PREFIXES, SSSOM, THING
from fsp.turtle.write import write

__all__ = ["Decision", "Known", "decided", "record"]

_SEMAPV = "https://w3id.org/semapv/vocab/"
_PREFIXES = {"link": f"{THING}link/"}


class Decision(Enum):
    """What is said of a match: its words, and how it was come by (SEMAPV)."""

    IDENTIFIED = ("has an identifier of", "LogicalReasoning")
    ACCEPTED = ("is the same as", "ManualMappingCuration")
    REFUSED = ("is not", "ManualMappingCuration")


@dataclass(frozen=True, slots=True)
class Known:
    """What was decided already.

    Attributes:
        accepted: pairs of IRIs that are the same.
        refused: pairs of IRIs that are not.
    """

    accepted: frozenset[tuple[str, str]]
    refused: frozenset[tuple[str, str]]

    def knows(self, match: Match) -> bool:
        """Tell whether a match was decided."""
        return (match.source, match.target) in self.accepted | self.refused


def decided(path: Path) -> Known:
    """Read what was decided.

    Raises:
        DataError: the file is no Turtle.
    """
    graph = _read(path)
    pairs: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for axiom in graph.subjects(RDF.type, OWL.Axiom):
        pair = (str(graph.value(axiom, OWL.annotatedSource)), str(graph.value(axiom, OWL.annotatedTarget)))
        pairs[(axiom, SSSOM.predicate_modifier, SSSOM.NegatedPredicate) in graph].add(pair)
    return Known(frozenset(pairs[False]), frozenset(pairs[True]))


def record(path: Path, matches: Iterable[tuple[Match, Decision]]) -> int:
    """Write decisions into the file, all or nothing, and return how many are new.

    What was decided before stays; a later decision about the same pair takes the place of the earlier one.

    Args:
        path: the file, in Turtle of the project's style; made where there is none.
        matches: what was decided.

    Raises:
        DataError: the file cannot be read or written.
    """
    with locked(path):
        graph = _read(path)
        before = len(set(graph.subjects(RDF.type, OWL.Axiom)))
        for match, decision in matches:
            _decide(graph, match, decision)
        text = write(graph, PREFIXES | _PREFIXES)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            with written_whole(path) as stream:
                stream.write(text.encode())
    return len(set(graph.subjects(RDF.type, OWL.Axiom))) - before


def _decide(graph: Graph, match: Match, decision: Decision) -> None:
    """State a decision as SSSOM has a mapping in RDF: an annotated axiom, with its triple unless it is refused."""
    axiom, source, target = THING[f"link/{match.id}"], URIRef(match.source), URIRef(match.target)
    words, justification = decision.value
    graph.remove((axiom, None, None))
    graph.remove((source, OWL.sameAs, target))
    if decision is Decision.REFUSED:
        graph.add((axiom, SSSOM.predicate_modifier, SSSOM.NegatedPredicate))
    else:
        graph.add((source, OWL.sameAs, target))
    graph.add((axiom, RDF.type, OWL.Axiom))
    graph.add((axiom, RDFS.label, Literal(f"{match.source_name} {words} {match.target_name}", "en")))
    graph.add((axiom, OWL.annotatedSource, source))
    graph.add((axiom, OWL.annotatedProperty, OWL.sameAs))
    graph.add((axiom, OWL.annotatedTarget, target))
    graph.add((axiom, SSSOM.mapping_justification, URIRef(_SEMAPV + justification)))
    if match.identifier:
        graph.add((axiom, DCTERMS.identifier, Literal(match.identifier)))


def _read(path: Path) -> Graph:
    graph = Graph(bind_namespaces="none")
    if path.exists():
        try:
            graph.parse(path, format="turtle")
        except (OSError, SyntaxError, ValueError) as error:
            raise DataError(f"{path} is no Turtle: fsp format {path} says where.", file=str(path)) from error
    return graph
