"""Read what can be reconciled from the dataset, by SPARQL: names, types, identifiers, time, and what is the same."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from fsp.errors import LimitError
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Executor, QueryRequest
from fsp.namespaces import GRAPH
from fsp.prefixes import PREFIXES

__all__ = ["TYPES", "Entity", "Identifier", "Row", "Type", "anywhere", "read_entities", "rows"]


@dataclass(frozen=True, slots=True)
class Type:
    """A class whose things can be reconciled: its name, and the IRI of the class above it where there is one."""

    name: str
    broader: str = ""


_ORGANISATION = PREFIXES["org"] + "Organization"
TYPES: Mapping[str, Type] = {
    _ORGANISATION: Type("Organisation"),
    PREFIXES["org"] + "FormalOrganization": Type("Body in a register", _ORGANISATION),
    PREFIXES["cv"] + "PublicOrganisation": Type("Public organisation", _ORGANISATION),
    PREFIXES["org"] + "OrganizationalUnit": Type("Unit of an organisation", _ORGANISATION),
    PREFIXES["fsp"] + "CharitableArm": Type("Charitable arm", _ORGANISATION),
    PREFIXES["fsp"] + "Board": Type("Board", _ORGANISATION),
    PREFIXES["dcterms"] + "Location": Type("Place"),
    PREFIXES["skos"] + "Concept": Type("Concept"),
}
"""The classes whose things can be reconciled, by IRI."""

_REGISTERS = str(GRAPH) + "data/registers/"
_IMPORTS = str(GRAPH) + "data/imports/"
_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_CLASSES = f"VALUES ?class {{ {' '.join(f'<{iri}>' for iri in TYPES)} }} ?thing a ?class"
_COUNT = "SELECT (COUNT(DISTINCT ?thing) AS ?things) WHERE { %s }"
_TYPES = "SELECT DISTINCT ?thing ?class ?graph WHERE { %s }"
_NAMES = """SELECT DISTINCT ?thing ?property ?name (LANG(?name) AS ?language) WHERE { %s }"""
_IDENTIFIERS = "SELECT DISTINCT ?thing ?notation ?scheme WHERE { %s }"
_FACTS = "SELECT DISTINCT ?thing ?property ?value WHERE { %s }"
_FACT_PROPERTIES = (
    "org:classification",
    "dcterms:description",
    "dcterms:isReplacedBy",
    "owl:sameAs",
    "skos:exactMatch",
    "schema:foundingDate",
    "schema:dissolutionDate",
)
_MAIN, _OTHER = ("rdfs:label", "skos:prefLabel"), ("skos:altLabel", "skos:hiddenLabel")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier of a thing: its notation, and the IRI of its scheme where one is stated."""

    notation: str
    scheme: str = ""


@dataclass(eq=False, slots=True)
class Entity:
    """A thing that can be reconciled.

    Attributes:
        iri: its IRI, which is its identifier in the protocol.
        label: its name to show.
        names: all of its names, without doubles.
        types: IRIs of its classes, of those in `TYPES`.
        identifiers: in every scheme.
        facts: IRIs and texts by the IRI of a property: classification, description, time, successors, what is the same.
        in_register: whether a register of others describes it.
    """

    iri: str
    label: str = ""
    names: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    facts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    in_register: bool = False

    def values(self, name: str) -> list[str]:
        """Return the values of a property that is given by its prefixed name."""
        return self.facts.get(_iri(name), [])

    @property
    def kinds(self) -> set[str]:
        """Its types, the types above them, and its classifications: everything that it can be asked for by."""
        broader = {TYPES[iri].broader for iri in self.types}
        return {*self.types, *broader, *self.values("org:classification")} - {""}

    @property
    def is_body(self) -> bool:
        """Whether it is an organisation."""
        return _ORGANISATION in self.kinds

    @property
    def is_concept(self) -> bool:
        """Whether it is a concept of a vocabulary, and neither a body nor a place."""
        return self.types == [PREFIXES["skos"] + "Concept"]

    @property
    def start(self) -> str:
        """Its first day, in ISO 8601; empty where none is stated."""
        return min(self.values("schema:foundingDate"), default="")

    @property
    def end(self) -> str:
        """Its last day; empty where it still exists or none is stated."""
        return max(self.values("schema:dissolutionDate"), default="")


def read_entities(executor: Executor, most: int) -> dict[str, Entity]:
    """Return everything in the dataset that can be reconciled, by its IRI.

    Args:
        executor: evaluates the queries; the default graph and every named graph are asked.
        most: things beyond which the dataset is refused, since all of them are held in memory.

    Raises:
        LimitError: there are more.
        FspError: as `Executor.execute`.
    """
    (counted,) = rows(executor, _COUNT % anywhere(_CLASSES))
    if int(counted["things"]) > most:
        raise LimitError(
            f"The dataset has {int(counted['things']):,} things that could be reconciled, and this service holds at "
            f"most {most:,} in memory: its operator can raise --reconcile-most, or serve the registers alone.",
            limit="reconcile_most",
        )
    entities: dict[str, Entity] = {}
    for row in rows(executor, _TYPES % anywhere(_CLASSES)):
        entity = entities.setdefault(row["thing"], Entity(row["thing"]))
        if row["class"] not in entity.types:
            entity.types.append(row["class"])
        entity.in_register |= row.get("graph", "").startswith(_REGISTERS)
    _read_names(executor, entities)
    _read_identifiers(executor, entities)
    pattern = f"VALUES ?property {{ {' '.join(_FACT_PROPERTIES)} }} ?thing ?property ?value"
    for row in rows(executor, _FACTS % _of_things(pattern)):
        values = entities[row["thing"]].facts[row["property"]] if row["thing"] in entities else []
        if row["value"] not in values:
            values.append(row["value"])
    return {iri: _in_order(entities[iri]) for iri in sorted(entities) if entities[iri].names}


def rows(executor: Executor, query: str) -> list[Row]:
    """Return the solutions of a SELECT as texts; the project's prefixes are declared before it."""
    request = QueryRequest(_PREFIXES + query, solutions=BY_NAME["json"], graph=None)
    with executor.execute(request) as answer:
        bindings = json.loads(b"".join(answer))["results"]["bindings"]
    return [{name: term["value"] for name, term in binding.items()} for binding in bindings]


def _in_order(entity: Entity) -> Entity:
    """Put what the engine returned in any order into one."""
    entity.types.sort(key=list(TYPES).index)
    entity.identifiers.sort(key=lambda identifier: (identifier.scheme, identifier.notation))
    for values in entity.facts.values():
        values.sort()
    return entity


def _read_names(executor: Executor, entities: Mapping[str, Entity]) -> None:
    pattern = f"VALUES ?property {{ {' '.join((*_MAIN, *_OTHER))} }} ?thing ?property ?name"
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    order = [_iri(name) for name in (*_MAIN, *_OTHER)]
    for row in rows(executor, _NAMES % _of_things(pattern)):
        foreign = row.get("language", "") not in {"", "en", "en-GB"}
        found[row["thing"]].append((order.index(row["property"]) + len(order) * foreign, row["name"]))
    for iri, names in found.items():
        if iri in entities:
            entities[iri].names = list(dict.fromkeys(name for _, name in sorted(names)))
            entities[iri].label = entities[iri].names[0]


def _read_identifiers(executor: Executor, entities: Mapping[str, Entity]) -> None:
    pattern = (
        "?thing adms:identifier ?node . ?node skos:notation ?notation . "
        "OPTIONAL { ?node skos:inScheme|dcterms:conformsTo ?scheme }"
    )
    for row in rows(executor, _IDENTIFIERS % _of_things(pattern)):
        if row["thing"] in entities:
            entities[row["thing"]].identifiers.append(Identifier(row["notation"], row.get("scheme", "")))


def anywhere(pattern: str) -> str:
    """Return a pattern that is looked for in the default graph and in each named one, but for what was imported.

    The bodies of imported data are what is matched, not what is matched with: their names come unchecked.
    """
    return f'{{ {pattern} }} UNION {{ GRAPH ?graph {{ {pattern} }} FILTER (!STRSTARTS(STR(?graph), "{_IMPORTS}")) }}'


def _of_things(pattern: str) -> str:
    """Return a pattern over the things that can be reconciled, in the default graph and in each named one."""
    return anywhere(f"{pattern} . FILTER EXISTS {{ {_CLASSES} }}")


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
