"""The file of what was decided: which imported bodies are which known ones, and which are not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, XSD

from fsp.dataset.whole import locked, written_whole
from fsp.errors import DataError
from fsp.linking.review.matching import Match
from fsp.namespaces import SSSOM, THING
from fsp.prefixes import PREFIXES
from fsp.turtle.write import write

__all__ = ["Decision", "Known", "decided", "record"]

_SEMAPV = "https://w3id.org/semapv/vocab/"
_MOST_RECORDS = 3
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
    """Write decisions into the file, all or nothing, and return how many are new or take the place of another.

    What was decided before stays; a later decision about the same pair takes the place of the earlier one.

    Args:
        path: the file, in Turtle of the project's style; made where there is none.
        matches: what was decided.

    Raises:
        DataError: the file cannot be read or written.
    """
    with locked(path):
        graph = _read(path)
        changed = sum([_decide(graph, match, decision) for match, decision in matches])
        text = write(graph, PREFIXES | _PREFIXES)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            with written_whole(path) as stream:
                stream.write(text.encode())
    return changed


def _decide(graph: Graph, match: Match, decision: Decision) -> bool:
    """State a decision as SSSOM has a mapping in RDF: an annotated axiom, with its triple unless it is refused.

    The day stays that of the first time that it was decided so. Returns whether it was not.
    """
    axiom, source, target = THING[f"link/{match.id}"], URIRef(match.source), URIRef(match.target)
    words, justification = decision.value
    was = _decision(graph, axiom)
    day = graph.value(axiom, DCTERMS.date) if was is decision else None
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
    graph.add((axiom, SSSOM.confidence, Literal(_confidence(decision), datatype=XSD.double)))
    graph.add((axiom, DCTERMS.date, day or Literal(date.today())))  # noqa: DTZ011 - the person's own day
    for evidence in _evidence(match.records):
        graph.add((axiom, DCTERMS.source, URIRef(evidence)))
    if match.identifier:
        graph.add((axiom, DCTERMS.identifier, Literal(match.identifier)))
    return was is not decision


def _decision(graph: Graph, axiom: URIRef) -> Decision | None:
    """Return what was decided; None where nothing was."""
    justification = graph.value(axiom, SSSOM.mapping_justification)
    if (axiom, SSSOM.predicate_modifier, SSSOM.NegatedPredicate) in graph:
        return Decision.REFUSED
    return next((one for one in Decision if str(justification) == _SEMAPV + one.value[1]), None)


def _evidence(records: Iterable[str]) -> set[str]:
    """Return the records that name the imported body; where they are many, the files that hold them."""
    named = set(records)
    return named if len(named) <= _MOST_RECORDS else {one.partition("#")[0] for one in named}


def _confidence(decision: Decision) -> str:
    """Return how sure it is, in the terms of docs/linking.md: an identifier of an official list, or a person's word."""
    return "0.99" if decision is Decision.IDENTIFIED else "0.9"


def _read(path: Path) -> Graph:
    graph = Graph(bind_namespaces="none")
    if path.exists():
        try:
            graph.parse(path, format="turtle")
        except (OSError, SyntaxError, ValueError) as error:
            raise DataError(f"{path} is no Turtle: fsp format {path} says where.", file=str(path)) from error
    return graph
