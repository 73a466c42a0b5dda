"""Read what a client of the protocol sends: batches of queries, and requests for values."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fsp.errors import InputError, TooLargeError
from fsp.prefixes import PREFIXES

__all__ = [
    "BATCH",
    "DATE",
    "LONGEST",
    "Constraint",
    "Extension",
    "Query",
    "expand",
    "is_day",
    "read_extension",
    "read_queries",
]

BATCH = 50
"""Queries in a batch, which the manifest announces as `batchSize`."""
LONGEST = 500
"""Characters of a name; a longer text is none, and has no candidates."""
DATE = "date"
"""The property by which a query says on what day the thing existed."""
_DEFAULT_LIMIT = 10
_MOST_CANDIDATES = 100
_MOST_VALUES = 20
_MOST_IDS = 500
_MOST_PROPERTIES = 50
_STRICT = ("any", "should", "all")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Constraint:
    """A property that a candidate shall have.

    Attributes:
        property: IRI of the property, or `date`.
        values: texts or IRIs; one of them suffices.
    """

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One reconciliation query (Reconciliation Service API 0.2, section 4.1).

    Attributes:
        text: the name or identifier; empty where only properties are given, or nothing at all.
        types: IRIs of types, one of which a candidate has.
        strict: what the types are to a candidate: it has one of them (`any`), all (`all`), or better one (`should`).
        limit: the most candidates.
        constraints: properties that it shall have.
    """

    text: str
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = _DEFAULT_LIMIT
    constraints: tuple[Constraint, ...] = ()

    @property
    def day(self) -> str:
        """The day on which the thing existed; empty where none is asked for."""
        return next((one.values[0] for one in self.constraints if one.property == DATE), "")


@dataclass(frozen=True, slots=True)
class Extension:
    """A request for values (section 7.3).

    Attributes:
        ids: of which things.
        properties: the IRI of each property, by the identifier that the client gave.
    """

    ids: tuple[str, ...]
    properties: Mapping[str, str]


def read_queries(text: str) -> dict[str, Query]:
    """Read a batch of queries, by the client's own keys.

    Args:
        text: JSON as the form element `queries` holds it.

    Raises:
        InputError: it is no such batch; the text says what is wrong, and in which query.
        TooLargeError: it holds more than `BATCH` queries.
    """
    batch = _load(text, "queries")
    if len(batch) > BATCH:
        raise TooLargeError(f"A batch holds at most {BATCH} queries, and this one has {len(batch)}: send several.")
    return {key: _query(key, value) for key, value in batch.items()}


def read_extension(text: str) -> Extension:
    """Read a request for values.

    Args:
        text: JSON as the form element `extend` holds it.

    Raises:
        InputError: it is no such request.
        TooLargeError: it asks for too much at once.
    """
    asked = _load(text, "extend")
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise InputError("In 'extend', 'ids' is a list of identifiers, each a text.")
    if not isinstance(properties, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in properties
    ):
        raise InputError("In 'extend', 'properties' is a list of objects, each with an 'id'.")
    if len(ids) > _MOST_IDS or len(properties) > _MOST_PROPERTIES:
        raise TooLargeError(f"'extend' asks for at most {_MOST_IDS} ids and {_MOST_PROPERTIES} properties at once.")
    return Extension(tuple(dict.fromkeys(ids)), {one["id"]: expand(one["id"]) for one in properties})


def expand(name: str) -> str:
    """Return the IRI of a prefixed name such as `skos:Concept`; anything else stays as it is."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


def is_day(text: str) -> bool:
    """Tell whether a text is a day, a month or a year in ISO 8601."""
    return bool(_DAY.fullmatch(text))


def _load(text: str, name: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"'{name}' is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise InputError(f'\'{name}\' is a JSON object, as in {{"q0": {{"query": "Trafford"}}}}.')
    return value


def _query(key: str, value: object) -> Query:
    if not isinstance(value, dict):
        raise InputError(f"Query '{key}' is an object with a 'query'.")
    if "query" not in value and "properties" not in value:
        raise InputError(f"Query '{key}' has neither a 'query' nor 'properties'.")
    text = value.get("query", "")
    properties = value.get("properties") or []
    if not isinstance(text, str):
        raise InputError(f"In query '{key}', 'query' is a text.")
    if not isinstance(properties, list) or len(properties) > _MOST_VALUES:
        raise InputError(f"In query '{key}', 'properties' is a list of at most {_MOST_VALUES} objects.")
    return Query(
        text.strip(),
        _types(key, value.get("type")),
        _strict(key, value.get("type_strict")),
        _limit(key, value.get("limit")),
        tuple(_constraint(key, one) for one in properties),
    )


def _types(key: str, value: object) -> tuple[str, ...]:
    """Return the types of a query; OpenRefine also sends one as an object with an id."""
    values = value if isinstance(value, list) else [] if value is None or value == "" else [value]
    found = [one.get("id") if isinstance(one, dict) else one for one in values]
    if not all(isinstance(one, str) for one in found) or len(found) > _MOST_VALUES:
        raise InputError(f"In query '{key}', 'type' is the identifier of a type, or a list of at most {_MOST_VALUES}.")
    return tuple(expand(str(one)) for one in found)


def _strict(key: str, value: object) -> str:
    if value is None:
        return "any"
    if not isinstance(value, str) or value not in _STRICT:
        raise InputError(f"In query '{key}', 'type_strict' is one of {', '.join(_STRICT)}.")
    return value


def _limit(key: str, value: object) -> int:
    if value is None:
        return _DEFAULT_LIMIT
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise InputError(f"In query '{key}', 'limit' is a number.")
    return int(max(0, min(value, _MOST_CANDIDATES)))


def _constraint(key: str, value: object) -> Constraint:
    if not isinstance(value, dict) or not isinstance(value.get("pid"), str) or "v" not in value:
        raise InputError(f"In query '{key}', each of 'properties' is an object with 'pid', a text, and 'v'.")
    given = value["v"] if isinstance(value["v"], list) else [value["v"]]
    if len(given) > _MOST_VALUES:
        raise InputError(f"In query '{key}', a property has at most {_MOST_VALUES} values.")
    constraint = Constraint(expand(value["pid"]), tuple(_value(key, one) for one in given))
    if constraint.property == DATE and not all(map(is_day, constraint.values)):
        raise InputError(f"In query '{key}', 'date' is a day, month or year such as 2012-04-01.")
    return constraint


def _value(key: str, value: object) -> str:
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return value["id"]  # type: ignore[no-any-return]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value).strip()[:LONGEST]
    raise InputError(f"In query '{key}', a value is a text, a number, true or false, or an object with an 'id'.")
