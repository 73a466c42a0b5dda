"""What an imported body may be: facts by a shared identifier, candidates by a name."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from fsp.dataset.files import Dataset
from fsp.dataset.load import load
from fsp.linking.reconciliation.entities import Entity
from fsp.linking.reconciliation.index import Index
from fsp.linking.reconciliation.matching import reconcile
from fsp.linking.reconciliation.names import read_name
from fsp.linking.reconciliation.scoring import How, similarity

__all__ = ["Body", "Match", "bodies", "by_identifier", "by_name", "decided_before"]

_BODIES = """
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?body ?name ?identifier ?record
WHERE {
  GRAPH ?graph {
    ?body a org:Organization ; prov:wasDerivedFrom ?record ; rdfs:label|skos:altLabel ?name .
    OPTIONAL {
      ?body adms:identifier ?node .
      ?node dcterms:conformsTo <https://w3id.org/fsp/scheme/identifier-scheme/org-id> ; skos:notation ?identifier
    }
  }
}
ORDER BY ?body ?name ?identifier ?record
"""
_CANDIDATES = 3


@dataclass(slots=True)
class Body:
    """An imported body.

    Attributes:
        iri: its IRI.
        names: its names, sorted.
        identifiers: its org-ids.
        records: the records of the imported files that name it.
    """

    iri: str
    names: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """An imported body and a body that the project knows, which may be the same.

    Attributes:
        source: IRI of the imported body.
        source_name: its name, as it was found by.
        target: IRI of the other.
        target_name: its label.
        score: how like the names are, from 0 to 100.
        identifier: the identifier that both have; empty where only the names are alike.
        records: the imported records that name the body: the evidence.
    """

    source: str
    source_name: str
    target: str
    target_name: str
    score: float = 100.0
    identifier: str = ""
    records: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A short name, which stays the same from one review to the next."""
        return hashlib.sha256(f"{self.source} {self.target}".encode()).hexdigest()[:10]


def bodies(dataset: Dataset) -> list[Body]:
    """Return the bodies of imported files.

    Raises:
        DataError: a file cannot be read.
    """
    solutions = load(dataset).query(_BODIES)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - it is a SELECT
    found: dict[str, Body] = {}
    for solution in solutions:
        iri, name, identifier, record = (
            getattr(solution[one], "value", "") for one in ("body", "name", "identifier", "record")
        )
        body = found.setdefault(iri, Body(iri))
        for value, values in ((name, body.names), (identifier, body.identifiers), (record, body.records)):
            if value and value not in values:
                values.append(value)
    return list(found.values())


def by_identifier(index: Index, imported: Iterable[Body]) -> Iterator[Match]:
    """Yield what is a fact: the bodies that have one of the identifiers of an imported one."""
    for body in imported:
        for identifier in body.identifiers:
            for entity, _ in index.by_identifier(identifier):
                if entity.is_body and entity.iri != body.iri:
                    names = (body.iri, body.names[0], entity.iri, entity.label)
                    yield Match(*names, identifier=identifier, records=tuple(body.records))


def by_name(index: Index, imported: Iterable[Body]) -> Iterator[Match]:
    """Yield what a person has to confirm: bodies of the same or nearly the same name, the most alike first.

    A body that an identifier has matched is not asked about, nor are several things that are known to be the same.
    """
    for body in imported:
        if any(index.by_identifier(identifier) for identifier in body.identifiers):
            continue
        best: dict[str, Match] = {}
        for name in body.names:
            for candidate in reconcile(index, name, _is_body, limit=_CANDIDATES):
                if not How.SHORT <= candidate.evidence.how < How.IDENTIFIER:
                    continue
                entity, group = candidate.entity, index.group(candidate.entity.iri)
                records = tuple(body.records)
                match = Match(body.iri, name, entity.iri, entity.label, candidate.score, records=records)
                if group not in best or best[group].score < match.score:
                    best[group] = match
        yield from sorted(best.values(), key=lambda match: (-match.score, match.target))


def decided_before(index: Index, imported: Iterable[Body], pairs: Iterable[tuple[str, str]]) -> Iterator[Match]:
    """Yield the pairs that were decided, whether or not they would be candidates today: a decision can be changed.

    Args:
        index: what there is.
        imported: the imported bodies; pairs of others are left out.
        pairs: IRIs of imported and of known bodies.
    """
    by_iri = {body.iri: body for body in imported}
    for source, target in sorted(pairs):
        if source in by_iri and target in index.entities:
            body, entity = by_iri[source], index.entities[target]
            cores = [name.core for name in index.names(entity)]
            alike = max(similarity(read_name(name), core) for name in body.names for core in cores)
            names = (body.iri, body.names[0], entity.iri, entity.label)
            yield Match(*names, round(alike, 1), records=tuple(body.records))


def _is_body(entity: Entity) -> bool:
    return entity.is_body
