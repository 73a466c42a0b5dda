"""The reconciliation service over one dataset: queries, suggestions and values, as the protocol words them."""

import threading
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from fsp.execution.interface import Executor
from fsp.linking.reconciliation.describing import candidate_json, describe, type_json, types_of, value_json
from fsp.linking.reconciliation.entities import TYPES, Entity, read_entities
from fsp.linking.reconciliation.index import Index
from fsp.linking.reconciliation.matching import Candidate, reconcile
from fsp.linking.reconciliation.properties import IDENTIFIER, name_of, properties_of, subjects_with, values_of
from fsp.linking.reconciliation.requests import DATE, LONGEST, Constraint, Extension, Query
from fsp.linking.reconciliation.scoring import Agreement, Evidence, How
from fsp.namespaces import PREFIXES

__all__ = ["Reconciler"]

_SUGGESTIONS = 20
_FRESH_SECONDS = 600.0
_COMPARED = 30
_UNMET = 25.0
_BY_VALUE = Evidence(How.SIMILAR, Agreement.UNSAID, 80.0)
_BY_IDENTIFIER = Evidence(How.IDENTIFIER, Agreement.UNSAID, 0.0)
_NOTATION = PREFIXES["skos"] + "notation"


class Reconciler:
    """Reconciles names and identifiers with what a dataset holds.

    What is needed of it is read once, when it is first asked, and again after ten minutes where the data may change.

    Args:
        executor: evaluates the queries; whoever made it closes it.
        most: things that are held in memory; a larger dataset is refused.
    """

    def __init__(self, executor: Executor, most: int) -> None:
        self._executor = executor
        self._most = most
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._read_at = 0.0

    @property
    def index(self) -> Index:
        """Everything that can be reconciled.

        Raises:
            LimitError: there is more than is held in memory.
            FspError: as `Executor.execute`.
        """
        with self._lock:
            stale = self._executor.digest is None and time.monotonic() - self._read_at > _FRESH_SECONDS
            if self._index is None or stale:
                self._index = Index(read_entities(self._executor, self._most))
                self._read_at = time.monotonic()
            return self._index

    def answer(self, queries: Mapping[str, Query]) -> dict[str, Any]:
        """Return the candidates of each query of a batch, by its key (section 4.2).

        Raises:
            FspError: as `index`.
        """
        return {
            key: {"result": [candidate_json(self.index, one, query) for one in self.candidates(query)]}
            for key, query in queries.items()
        }

    def candidates(self, query: Query) -> list[Candidate]:
        """Return the candidates of one query, the best first; at most the first one matches.

        Raises:
            FspError: as `index`.
        """
        if len(query.text) > LONGEST:
            return []
        constraints = [one for one in query.constraints if one.property != DATE]
        if not constraints:
            return self._named(query, query.limit) if query.text else []
        if not query.text:
            return self._valued(query, constraints)[: query.limit]
        found = self._named(query, _COMPARED)
        met = self._met([one.entity for one in found], constraints)
        whole = {entity for entity, share in met.items() if share == 1}
        fitting = self._named(query, _COMPARED, whole) if whole else []
        others = [
            replace(one, score=max(round(one.score - _UNMET, 1), 0.0), matches=False)
            for one in found
            if one.entity not in whole
        ]
        joined = [replace(one, met=met[one.entity]) for one in (*fitting, *others)]
        return joined[: query.limit]

    def suggest_entities(self, prefix: str, cursor: int) -> list[dict[str, Any]]:
        """Return things whose name begins so, or that have this identifier (section 6.3).

        Raises:
            FspError: as `index`.
        """
        index = self.index
        named = [entity for entity, _ in index.by_identifier(prefix)]
        found = dict.fromkeys((*named, *index.starting_with(prefix)))
        return [
            {
                "id": entity.iri,
                "name": entity.label,
                "description": describe(index, entity),
                "notable": types_of(index, entity),
            }
            for entity in list(found)[cursor : cursor + _SUGGESTIONS]
        ]

    def suggest_types(self, prefix: str, cursor: int, most: int | None = _SUGGESTIONS) -> list[dict[str, Any]]:
        """Return types and classifications whose name has a word that begins so.

        Raises:
            FspError: as `index`.
        """
        found = [type_json(self.index, iri, broader) for iri, broader in self.types().items()]
        return [one for one in found if _fits(prefix, one)][cursor : None if most is None else cursor + most]

    def types(self) -> dict[str, str]:
        """Return the types that things have here, each with the one above it: classes and classifications.

        Raises:
            FspError: as `index`.
        """
        used = {iri for entity in self.index.entities.values() for iri in entity.kinds}
        types = {iri: one.broader for iri, one in TYPES.items() if iri in used}
        for entity in self.index.entities.values():
            for iri in entity.values("org:classification"):
                types.setdefault(iri, entity.types[0])
        return types

    def suggest_properties(self, prefix: str, cursor: int) -> list[dict[str, Any]]:
        """Return properties whose name has a word that begins so.

        Raises:
            FspError: as `index`.
        """
        found = [_property_json(DATE, "date", "A day on which the thing existed, such as 2012-04-01")]
        found += [
            _property_json(one.id, one.name, one.description) for one in properties_of(self._executor, self.index)
        ]
        return [one for one in found if _fits(prefix, one)][cursor : cursor + _SUGGESTIONS]

    def propose_properties(self, kind: str, limit: int) -> dict[str, Any]:
        """Return properties whose values can be fetched for things of a type (section 7.2).

        Raises:
            FspError: as `index`.
        """
        found = properties_of(self._executor, self.index, kind)[:limit]
        return {
            "type": kind,
            "limit": limit,
            "properties": [_property_json(one.id, one.name, one.description) for one in found],
        }

    def extend(self, asked: Extension) -> dict[str, Any]:
        """Return the values of some properties of some things (section 7.4).

        Raises:
            FspError: as `index`.
        """
        index = self.index
        values = values_of(self._executor, index, asked.ids, list(asked.properties.values()))
        names = {one.id: one.name for one in properties_of(self._executor, index)}
        return {
            "meta": [
                {"id": id_, "name": names.get(iri) or name_of(index, iri)} for id_, iri in asked.properties.items()
            ],
            "rows": {
                iri: {
                    id_: [value_json(index, row) for row in values.get((iri, name), [])]
                    for id_, name in asked.properties.items()
                }
                for iri in asked.ids
            },
        }

    def _named(self, query: Query, limit: int, among: Collection[Entity] | None = None) -> list[Candidate]:
        def accepts(entity: Entity) -> bool:
            return _has_types(entity, query) and (among is None or entity in among)

        return reconcile(self.index, query.text, accepts, on=query.day, limit=limit)

    def _valued(self, query: Query, constraints: Iterable[Constraint]) -> list[Candidate]:
        """Return what has all of some properties, where no name is given; certain by an identifier alone."""
        index = self.index
        found: set[Entity] | None = None
        is_identified = False
        for constraint in constraints:
            by_identifier = self._identified(constraint)
            is_identified |= by_identifier is not None
            if by_identifier is None:
                iris = subjects_with(self._executor, index, constraint.property, constraint.values)
                by_identifier = {index.entities[iri] for iri in iris if iri in index.entities}
            found = by_identifier if found is None else found & by_identifier
        fitting = sorted((one for one in found or () if _has_types(one, query)), key=_register_first)
        groups = {index.group(one.iri) for one in fitting}
        evidence = _BY_IDENTIFIER if is_identified else _BY_VALUE
        return [
            Candidate(one, evidence.score, evidence, is_identified and len(groups) == 1 and not place, met=1.0)
            for place, one in enumerate(fitting)
        ]

    def _identified(self, constraint: Constraint) -> set[Entity] | None:
        """Return the things with an identifier; None where the property is none of identifiers."""
        schemes = {one.scheme for entity in self.index.entities.values() for one in entity.identifiers}
        if constraint.property not in {IDENTIFIER, _NOTATION} | schemes:
            return None
        return {
            entity
            for value in constraint.values
            for entity, identifier in self.index.by_identifier(value)
            if constraint.property not in schemes or identifier.scheme == constraint.property
        }

    def _met(self, entities: list[Entity], constraints: Collection[Constraint]) -> dict[Entity, float]:
        """Return for each thing the share of the constraints that it meets."""
        met = dict.fromkeys(entities, 0.0)
        for constraint in constraints:
            having = self._identified(constraint)
            if having is None:
                having = self._having(entities, constraint)
            for entity in entities:
                met[entity] += (entity in having) / len(constraints)
        return {entity: 1.0 if share > 0.999 else share for entity, share in met.items()}  # noqa: PLR2004 - a sum

    def _having(self, entities: Iterable[Entity], constraint: Constraint) -> set[Entity]:
        iris = [entity.iri for entity in entities]
        asked = {value.casefold() for value in constraint.values}
        values = values_of(self._executor, self.index, iris, [constraint.property])
        having = set()
        for (iri, _), found in values.items():
            texts = {row["value"].casefold() for row in found}
            texts |= {name_of(self.index, row["value"]).casefold() for row in found if row.get("iri") in {"true", "1"}}
            if texts & asked:
                having.add(self.index.entities[iri])
        return having


def _has_types(entity: Entity, query: Query) -> bool:
    if not query.types:
        return True
    shared = entity.kinds.intersection(query.types)
    return len(shared) == len(set(query.types)) if query.all_types else bool(shared)


def _register_first(entity: Entity) -> tuple[bool, str]:
    return not entity.in_register, entity.iri


def _fits(prefix: str, named: Mapping[str, Any]) -> bool:
    folded = prefix.strip().casefold()
    return f" {named['name']}".casefold().find(f" {folded}") >= 0 or named["id"] == prefix.strip()


def _property_json(id_: str, name: str, description: str) -> dict[str, Any]:
    return {"id": id_, "name": name} | ({"description": description} if description else {})
