"""Properties as conditions: which things have the values that a query asks for."""

from collections.abc import Collection, Iterable

from fsp.execution.interface import Executor
from fsp.linking.reconciliation.entities import Entity
from fsp.linking.reconciliation.index import Index
from fsp.linking.reconciliation.matching import Candidate
from fsp.linking.reconciliation.names import read_name
from fsp.linking.reconciliation.properties import IDENTIFIER, name_of, subjects_with, values_of
from fsp.linking.reconciliation.requests import Constraint
from fsp.linking.reconciliation.scoring import Agreement, Evidence, How, agreement, similarity
from fsp.prefixes import PREFIXES

__all__ = ["having_all", "identified", "shares_met"]

_NOTATION = PREFIXES["skos"] + "notation"
_BY_VALUE = Evidence(How.SIMILAR, Agreement.UNSAID, 80.0)
_OTHER_NAME = 10.0
_BY_IDENTIFIER = Evidence(How.IDENTIFIER, Agreement.UNSAID, 0.0)


def having_all(executor: Executor, index: Index, constraints: Iterable[Constraint]) -> list[Candidate]:
    """Return what meets every constraint, for a query without a name; certain by an identifier alone.

    Args:
        executor: evaluates the queries for values.
        index: what there is.
        constraints: the constraints; at least one.

    Raises:
        FspError: as `Executor.execute`.
    """
    found: set[Entity] | None = None
    is_identified = False
    for constraint in constraints:
        having = _identified(index, constraint)
        is_identified |= having is not None
        if having is None:
            iris = subjects_with(executor, index, constraint.property, constraint.values)
            having = {index.entities[iri] for iri in iris if iri in index.entities}
        found = having if found is None else found & having
    fitting = sorted(found or (), key=lambda entity: (not entity.in_register, entity.iri))
    groups = {index.group(entity.iri) for entity in fitting}
    evidence = _BY_IDENTIFIER if is_identified else _BY_VALUE
    is_certain = is_identified and len(groups) == 1
    return [
        Candidate(entity, evidence.score, evidence, is_certain and not place, met=1.0)
        for place, entity in enumerate(fitting)
    ]


def identified(index: Index, text: str, constraints: Iterable[Constraint]) -> dict[Entity, Evidence]:
    """Return what has an identifier that is asked for, whatever its name: a candidate, which a name can make certain.

    Args:
        index: what there is.
        text: the name that stands beside the identifier.
        constraints: the constraints; those that are no identifiers do not count.
    """
    found = [entity for one in constraints for entity in sorted(_identified(index, one) or (), key=lambda one: one.iri)]
    asked = read_name(text)
    return {
        entity: Evidence(
            How.IDENTIFIER,
            agreement(asked, index.names(entity), is_body=entity.is_body),
            max(similarity(asked, name.core) for name in index.names(entity)),
            penalty=_OTHER_NAME,
        )
        for entity in found
    }


def shares_met(
    executor: Executor, index: Index, entities: Collection[Entity], constraints: Collection[Constraint]
) -> dict[Entity, float]:
    """Return for each thing the share of the constraints that it meets, from 0 to 1.

    Raises:
        FspError: as `Executor.execute`.
    """
    met = dict.fromkeys(entities, 0)
    for constraint in constraints:
        having = _identified(index, constraint)
        if having is None:
            having = _having(executor, index, entities, constraint)
        for entity in entities:
            met[entity] += entity in having
    return {entity: count / len(constraints) for entity, count in met.items()}


def _identified(index: Index, constraint: Constraint) -> set[Entity] | None:
    """Return the things with an identifier; None where the property is none of identifiers."""
    if constraint.property not in {IDENTIFIER, _NOTATION} | index.schemes:
        return None
    return {
        entity
        for value in constraint.values
        for entity, identifier in index.by_identifier(value)
        if constraint.property not in index.schemes or identifier.scheme == constraint.property
    }


def _having(executor: Executor, index: Index, entities: Iterable[Entity], constraint: Constraint) -> set[Entity]:
    asked = {value.casefold() for value in constraint.values}
    values = values_of(executor, index, [entity.iri for entity in entities], [constraint.property])
    having = set()
    for (iri, _), found in values.items():
        texts = {row["value"].casefold() for row in found}
        texts |= {name_of(index, row["value"]).casefold() for row in found if row.get("iri") in {"true", "1"}}
        if texts & asked:
            having.add(index.entities[iri])
    return having
