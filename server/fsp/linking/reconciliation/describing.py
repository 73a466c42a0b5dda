"""Write what is found as the protocol has it: candidates with features, types, values."""

from typing import Any

from fsp.linking.reconciliation.entities import TYPES, Entity, Row
from fsp.linking.reconciliation.index import Index
from fsp.linking.reconciliation.matching import Candidate, existed
from fsp.linking.reconciliation.properties import name_of
from fsp.linking.reconciliation.requests import Query
from fsp.linking.reconciliation.scoring import Agreement, How
from fsp.prefixes import PREFIXES

__all__ = ["candidate_json", "describe", "type_json", "types_of", "value_json"]

_XSD = PREFIXES["xsd"]
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_FLOATS = {_XSD + name for name in ("decimal", "double", "float")}


def candidate_json(index: Index, candidate: Candidate, query: Query) -> dict[str, Any]:
    """Return a candidate with the features that explain its score (section 4.2 of the specification)."""
    entity, evidence = candidate.entity, candidate.evidence
    features: dict[str, bool | float] = {
        "name_similarity": round(evidence.similarity, 1),
        "same_name": evidence.how is How.SAME_NAME,
        "identifier": evidence.how is How.IDENTIFIER,
        "kind": evidence.agreement >= Agreement.UNSAID,
    }
    if query.types:
        features["type"] = bool(entity.kinds.intersection(query.types))
    if candidate.met is not None:
        features["properties"] = round(candidate.met, 2)
    features["time"] = existed(entity, query.day) if query.day else not entity.end
    return {
        "id": entity.iri,
        "name": entity.label,
        "description": describe(index, entity),
        "type": types_of(index, entity),
        "score": candidate.score,
        "match": candidate.matches,
        "features": [{"id": name, "value": value} for name, value in features.items()],
    }


def describe(index: Index, entity: Entity) -> str:
    """Return what tells a thing from its namesakes: its kind, how long it existed, and what took its place."""
    kinds = [name_of(index, iri) for iri in entity.values("org:classification")]
    texts = entity.values("dcterms:description") or [", ".join(kinds) or TYPES[entity.types[0]].name]
    told = texts[0].rstrip(".")
    if entity.end:
        told += f"; ended {entity.end}"
    successors = [name_of(index, iri) for iri in entity.values("dcterms:isReplacedBy")]
    return told + (f"; replaced by {' and '.join(successors)}" if successors else "")


def types_of(index: Index, entity: Entity) -> list[dict[str, str]]:
    """Return the types and classifications of a thing, each with its name."""
    types = [{"id": iri, "name": TYPES[iri].name} for iri in entity.types]
    return types + [{"id": iri, "name": name_of(index, iri)} for iri in entity.values("org:classification")]


def type_json(index: Index, iri: str, broader: str = "") -> dict[str, Any]:
    """Return a type with the type above it."""
    above = broader or (TYPES[iri].broader if iri in TYPES else "")
    found: dict[str, Any] = {"id": iri, "name": TYPES[iri].name if iri in TYPES else name_of(index, iri)}
    return found | ({"broader": [type_json(index, above)]} if above else {})


def value_json(index: Index, row: Row) -> dict[str, Any]:
    """Return a value as an answer to a request for values has it (section 7.4)."""
    value, datatype = row["value"], row.get("datatype", "")
    if value in index.entities and row.get("iri") in {"true", "1"}:
        return {"id": value, "name": index.entities[value].label}
    try:
        if datatype in _INTEGERS:
            return {"int": int(value)}
        if datatype in _FLOATS:
            return {"float": float(value)}
    except ValueError:
        return {"str": value}
    if datatype == _XSD + "date":
        return {"date": f"{value[:10]}T00:00:00"}
    return {"date": value} if datatype == _XSD + "dateTime" else {"str": value}
