"""The reconciliation service over one dataset: queries, suggestions and values, as the protocol words them."""

import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from fsp.errors import BusyError, LimitError
from fsp.execution.interface import Executor
from fsp.execution.limits import Limits
from fsp.linking.reconciliation.constraints import having_all, identified, shares_met
from fsp.linking.reconciliation.describing import candidate_json, describe, type_json, types_of, value_json
from fsp.linking.reconciliation.entities import TYPES, Entity, read_entities
from fsp.linking.reconciliation.index import Index
from fsp.linking.reconciliation.matching import Candidate, reconcile
from fsp.linking.reconciliation.properties import name_of, properties_of, values_of
from fsp.linking.reconciliation.requests import DATE, LONGEST, Extension, Query

__all__ = ["Reconciler"]

_SUGGESTIONS = 20
_FRESH_SECONDS = 600.0
_COMPARED = 30
_UNMET = 25.0
_OF_ANOTHER_TYPE = 15.0
_AT_ONCE = 2


class Reconciler:
    """Reconciles names and identifiers with what a dataset holds.

    What is needed of it is read once, when it is first asked, and again after ten minutes where the data may change.

    Args:
        executor: evaluates the queries; whoever made it closes it.
        most: things that are held in memory; a larger dataset is refused.
        limits: the time that a batch may take, and how long it waits while others are at work.
    """

    def __init__(self, executor: Executor, most: int, limits: Limits) -> None:
        self._executor = executor
        self._most = most
        self._limits = limits
        self._places = threading.BoundedSemaphore(_AT_ONCE)
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
            BusyError: others are at work for too long.
            LimitError: the batch takes more time than a query may.
            FspError: as `index`.
        """
        answer: dict[str, Any] = {}
        with self._turn():
            end = time.monotonic() + self._limits.timeout
            for key, query in queries.items():
                if time.monotonic() > end:
                    raise LimitError(
                        f"The batch took more than {self._limits.timeout:g} seconds: send fewer queries at once.",
                        limit="timeout",
                    )
                found = self.candidates(query)
                answer[key] = {"result": [candidate_json(self.index, one, query) for one in found]}
        return answer

    def candidates(self, query: Query) -> list[Candidate]:
        """Return the candidates of one query, the best first; at most the first one matches.

        Raises:
            FspError: as `index`.
        """
        if len(query.text) > LONGEST:
            return []
        found = self._constrained(query)
        if query.strict == "should" and query.types:
            # What has none of the types is a candidate too, behind what has one, and never certain.
            rest = self._constrained(replace(query, types=()))
            others = [one for one in rest if not _has_types(one.entity, replace(query, strict="any"))]
            found = _ordered([*found, *(_lessened(one, _OF_ANOTHER_TYPE) for one in others)])
        return found[: query.limit]

    def _constrained(self, query: Query) -> list[Candidate]:
        """Return the candidates by name, identifier and properties: those that meet the properties first."""
        constraints = [one for one in query.constraints if one.property != DATE]
        if not constraints:
            return self._named(query, max(query.limit, _COMPARED)) if query.text else []
        if not query.text:
            having = having_all(self._executor, self.index, constraints)
            return [one for one in having if _has_types(one.entity, query)]
        found = self._named(query, _COMPARED)
        known = {one.entity for one in found}
        found += [
            Candidate(entity, why.score, why)
            for entity, why in identified(self.index, query.text, constraints).items()
            if entity not in known and _has_types(entity, query)
        ]
        met = shares_met(self._executor, self.index, [one.entity for one in found], constraints)
        whole = {entity for entity, share in met.items() if share == 1}
        fitting = {one.entity: one for one in (self._named(query, _COMPARED, whole) if whole else [])}
        judged = [fitting.get(one.entity, one) if one.entity in whole else _lessened(one, _UNMET) for one in found]
        return _ordered([replace(one, met=met[one.entity]) for one in judged])

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

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for a place: comparing names holds up whatever else this process does."""
        if not self._places.acquire(timeout=self._limits.queue_wait):
            raise BusyError("Too many batches are being reconciled at the moment: try again later.", limit="queue_wait")
        try:
            yield
        finally:
            self._places.release()

    def _named(self, query: Query, limit: int, among: Collection[Entity] | None = None) -> list[Candidate]:
        def accepts(entity: Entity) -> bool:
            return _has_types(entity, query) and (among is None or entity in among)

        return reconcile(self.index, query.text, accepts, on=query.day, limit=limit)


def _has_types(entity: Entity, query: Query) -> bool:
    if not query.types:
        return True
    shared = entity.kinds.intersection(query.types)
    return len(shared) == len(set(query.types)) if query.strict == "all" else bool(shared)


def _lessened(candidate: Candidate, points: float) -> Candidate:
    return replace(candidate, score=max(round(candidate.score - points, 1), 0.0), matches=False)


def _ordered(candidates: list[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda one: (not one.matches, -one.score))


def _fits(prefix: str, named: Mapping[str, Any]) -> bool:
    folded = prefix.strip().casefold()
    return f" {named['name']}".casefold().find(f" {folded}") >= 0 or named["id"] == prefix.strip()


def _property_json(id_: str, name: str, description: str) -> dict[str, Any]:
    return {"id": id_, "name": name} | ({"description": description} if description else {})
