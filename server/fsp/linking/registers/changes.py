"""What a newer state of a register would change, thing by thing."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import zip_longest

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS
from rdflib.term import Node

from fsp.namespaces import ADMS, SCHEMA

__all__ = ["COLUMNS", "Change", "changes"]

COLUMNS = ("thing", "name", "change", "property", "before", "after")
"""The columns of the table of changes."""

_Statement = tuple[str, str]
_NAMES = (SKOS.prefLabel, DCTERMS.title)


@dataclass(frozen=True, order=True)
class Change:
    """One change of one thing.

    Attributes:
        thing: end of its IRI.
        name: its name, the newer one where both states have it.
        change: `added`, `removed` or `changed`.
        property: what would change; empty where the whole thing is added or removed.
        before: the value that would go.
        after: the value that would come.
    """

    thing: str
    name: str
    change: str
    property: str
    before: str
    after: str

    def row(self) -> tuple[str, ...]:
        """Return the cells, in the order of `COLUMNS`."""
        return tuple(map(str, astuple(self)))


def changes(before: Graph, after: Graph) -> list[Change]:
    """Compare two states of a register.

    Args:
        before: the state that is published.
        after: the state that would take its place.

    Returns:
        Each thing that is added or removed, and each value that is other, sorted by thing.
    """
    old, new = _things(before), _things(after)
    found = [
        Change(_end(thing), _name(graph, thing), change, "", "", "")
        for graph, things, change in (
            (after, new.keys() - old.keys(), "added"),
            (before, old.keys() - new.keys(), "removed"),
        )
        for thing in things
    ]
    for thing in old.keys() & new.keys():
        found.extend(_changed(thing, _name(after, thing), old[thing] - new[thing], new[thing] - old[thing]))
    return sorted(found)


def _changed(thing: URIRef, name: str, gone: set[_Statement], come: set[_Statement]) -> Iterator[Change]:
    for of in sorted({statement[0] for statement in gone | come}):
        pairs = zip_longest(
            sorted(value for property_, value in gone if property_ == of),
            sorted(value for property_, value in come if property_ == of),
            fillvalue="",
        )
        for before, after in pairs:
            yield Change(_end(thing), name, "changed", of, before, after)


def _things(graph: Graph) -> dict[URIRef, set[_Statement]]:
    """Return what is said of each thing; what is said of its identifiers is said of the thing."""
    nodes = set(graph.objects(None, ADMS.identifier))
    things: dict[URIRef, set[_Statement]] = {}
    for subject, predicate, value in graph:
        if isinstance(subject, URIRef) and subject not in nodes:
            statement = _identifier(graph, value) if predicate == ADMS.identifier else (_end(predicate), _text(value))
            things.setdefault(subject, set()).add(statement)
    return things


def _identifier(graph: Graph, node: Node) -> _Statement:
    start, end = graph.value(node, SCHEMA.validFrom), graph.value(node, SCHEMA.validThrough)
    period = f" ({start or ''} to {end or ''})" if start or end else ""
    return _end(graph.value(node, DCTERMS.conformsTo)), f"{graph.value(node, SKOS.notation)}{period}"


def _text(value: Node) -> str:
    return f"{value} ({value.language})" if isinstance(value, Literal) and value.language else str(value)


def _name(graph: Graph, thing: URIRef) -> str:
    return next((str(name) for predicate in _NAMES for name in graph.objects(thing, predicate)), "")


def _end(iri: Node | None) -> str:
    return str(iri).rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
