"""Concept schemes as people read them: their concepts, each under the one that it is narrower than."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.term import Node

from fsp.description.labels import labels, words
from fsp.description.thing import Value
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions

__all__ = ["Concept", "hierarchy", "list_schemes"]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme.

    Attributes:
        iri: the concept.
        label: its name.
        definition: what it means.
        narrower: the concepts under it, by name.
    """

    iri: str
    label: str
    definition: str
    narrower: tuple["Concept", ...]


def hierarchy(graph: Graph, names: Mapping[str, str]) -> tuple[Concept, ...]:
    """Return the concepts of a scheme that stand under no other, by name; each concept stands once.

    Args:
        graph: the description of the scheme with its concepts.
        names: what they are called, by IRI.
    """
    concepts = {node for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)}
    broader = [(concept, parent) for concept, parent in graph.subject_objects(SKOS.broader) if parent in concepts]
    broader += [(child, concept) for concept, child in graph.subject_objects(SKOS.narrower) if child in concepts]
    children: dict[Node, list[Node]] = {}
    for concept, parent in broader:
        if concept not in children.get(parent, []):
            children.setdefault(parent, []).append(concept)
    seen: set[Node] = set()

    def under(nodes: Sequence[Node]) -> tuple[Concept, ...]:
        found = []
        for node in nodes:
            if node not in seen:
                seen.add(node)
                definition = str(graph.value(node, SKOS.definition) or "")
                name = names.get(str(node)) or words(str(node))
                found.append(Concept(str(node), name, definition, under(children.get(node, []))))
        return tuple(sorted(found, key=lambda concept: concept.label.casefold()))

    top = [concept for concept in concepts if concept not in {child for child, _ in broader}]
    return under(top) + under(sorted(concepts))  # those of a circle stand under no top


def list_schemes(executor: Executor) -> tuple[Value, ...]:
    """Return every concept scheme, by name.

    Raises:
        FspError: as `Executor.execute`.
    """
    rows = solutions(executor, f"SELECT DISTINCT ?scheme WHERE {{ ?scheme a <{SKOS.ConceptScheme}> . }}")
    iris = [str(row["scheme"]) for row in rows]
    names = labels(executor, iris)
    found = [Value(names.get(iri) or words(iri), iri=iri) for iri in iris]
    return tuple(sorted(found, key=lambda value: value.text.casefold()))
