"""The properties of what can be reconciled: which there are, and which values some things have, by SPARQL."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from fsp.execution.interface import Executor
from fsp.linking.reconciliation.entities import TYPES, Row, anywhere, rows
from fsp.linking.reconciliation.index import Index
from fsp.prefixes import PREFIXES

__all__ = ["IDENTIFIER", "Property", "properties_of", "subjects_with", "values_of"]

IDENTIFIER = PREFIXES["adms"] + "identifier"
"""The property whose values are the identifiers in every scheme."""
_MOST_VALUES = 10_000
"""As many as every engine sorts."""
_MOST_SUBJECTS = 500
_CLASSIFICATION = PREFIXES["org"] + "classification"
_PROPERTIES = """
SELECT ?property (SAMPLE(?text) AS ?label) (COUNT(DISTINCT ?thing) AS ?uses)
WHERE { %s OPTIONAL { %s FILTER(LANGMATCHES(LANG(?text), "en") || LANG(?text) = "") } }
GROUP BY ?property ORDER BY DESC(?uses) ?property"""
_VALUES = """
SELECT DISTINCT ?thing ?property ?value (DATATYPE(?value) AS ?datatype) (ISIRI(?value) AS ?iri)
WHERE { %s }
ORDER BY ?thing ?property STR(?value) LIMIT %d"""
_SUBJECTS = "SELECT DISTINCT ?thing WHERE { %s } ORDER BY ?thing LIMIT %d"


@dataclass(frozen=True, slots=True)
class Property:
    """A property that things can be compared by, or whose values can be fetched.

    Attributes:
        id: its IRI; of the identifiers in one scheme, the scheme's.
        name: its label, or what its IRI ends in.
        description: what a reader may need to tell it from others.
    """

    id: str
    name: str
    description: str = ""


def properties_of(executor: Executor, index: Index, kind: str = "") -> list[Property]:
    """Return the properties that things of a type have, those that most of them have first.

    Args:
        executor: evaluates the query.
        index: what there is.
        kind: IRI of a type or of a classification; empty for all.

    Raises:
        FspError: as `Executor.execute`.
    """
    classes = [iri for iri, one in TYPES.items() if not kind or kind in {iri, one.broader}]
    pattern = (
        f"VALUES ?class {{ {' '.join(map(_iri, classes))} }} ?thing a ?class ; ?property ?value ."
        if classes
        else f"?thing <{_CLASSIFICATION}> {_iri(kind)} ; ?property ?value ."
    )
    found = rows(executor, _PROPERTIES % (anywhere(pattern), anywhere("?property rdfs:label ?text")))
    schemes = dict.fromkeys(
        identifier.scheme
        for entity in index.entities.values()
        if not kind or kind in entity.kinds
        for identifier in entity.identifiers
        if identifier.scheme
    )
    named = [Property(scheme, name_of(index, scheme), "Identifiers of this scheme") for scheme in schemes]
    return named + [Property(row["property"], row.get("label") or name_of(index, row["property"])) for row in found]


def name_of(index: Index, iri: str) -> str:
    """Return a name to show for an IRI: its label, or else what it ends in, in words."""
    if iri in index.entities:
        return index.entities[iri].label
    local = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]", " ", local).lower() or iri


def values_of(
    executor: Executor, index: Index, ids: Sequence[str], properties: Sequence[str]
) -> Mapping[tuple[str, str], list[Row]]:
    """Return the values that things have, by thing and property; each is a row with `value`, and `datatype` or `iri`.

    Args:
        executor: evaluates the query.
        index: what there is; only things in it have values.
        ids: IRIs of things.
        properties: IRIs of properties and of schemes of identifiers.

    Raises:
        FspError: as `Executor.execute`.
    """
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    known = [iri for iri in ids if iri in index.entities]
    for iri in known:
        for identifier in index.entities[iri].identifiers:
            for name in (IDENTIFIER, identifier.scheme):
                found[iri, name].append({"value": identifier.notation})
    asked = [_iri(one) for one in properties if one != IDENTIFIER and _is_iri(one)]
    if known and asked:
        pattern = (
            f"VALUES ?thing {{ {' '.join(map(_iri, known))} }} VALUES ?property {{ {' '.join(asked)} }} "
            "?thing ?property ?value FILTER(!ISBLANK(?value))"
        )
        for row in rows(executor, _VALUES % (anywhere(pattern), _MOST_VALUES)):
            found[row["thing"], row["property"]].append(row)
    return found


def subjects_with(executor: Executor, index: Index, name: str, values: Iterable[str]) -> list[str]:
    """Return the IRIs of things that have one of some values: a text in any case, an IRI, or the name of a thing.

    Raises:
        FspError: as `Executor.execute`.
    """
    if not _is_iri(name):
        return []
    texts = [str(ox.Literal(value.casefold())) for value in values]
    things = [
        _iri(entity.iri)
        for value in values
        for entity in ([index.entities[value]] if value in index.entities else index.by_label(value))
    ]
    by_text = f"?thing {_iri(name)} ?text FILTER(LCASE(STR(?text)) IN ({', '.join(texts)}))"
    by_thing = f"VALUES ?value {{ {' '.join(things)} }} ?thing {_iri(name)} ?value"
    patterns = [anywhere(by_text)] + ([anywhere(by_thing)] if things else [])
    pattern = " UNION ".join(f"{{ {one} }}" for one in patterns)
    return [row["thing"] for row in rows(executor, _SUBJECTS % (pattern, _MOST_SUBJECTS))]


def _iri(text: str) -> str:
    return str(ox.NamedNode(text))


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
