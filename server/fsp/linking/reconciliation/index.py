"""Find things by name and by identifier: everything that can be reconciled, held in memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process

from fsp.linking.reconciliation.entities import Entity, Identifier
from fsp.linking.reconciliation.identifiers import read_identifier
from fsp.linking.reconciliation.names import Name, fold, read_name

__all__ = ["Index"]

_MOST_SIMILAR = 40
_LEAST_SIMILAR = 55
_LISTS = {
    "companies-house": "GB-COH",
    "company-number": "GB-COH",
    "charity-commission": "GB-CHC",
    "charity": "GB-CHC",
    "charity-number": "GB-CHC",
    "ukprn": "GB-UKPRN",
}
"""The list at org-id.guide of a scheme, by the last part of the scheme's IRI."""


class Index:
    """Everything that can be reconciled, by its names and identifiers.

    Args:
        entities: by IRI.

    Attributes:
        entities: by IRI.
        schemes: IRIs of the schemes of their identifiers.
    """

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.entities = entities
        self._names: dict[Entity, list[Name]] = {}
        self._by_core: dict[str, list[Entity]] = defaultdict(list)
        self._by_short: dict[str, list[Entity]] = defaultdict(list)
        self._by_initials: dict[str, list[Entity]] = defaultdict(list)
        self._by_number: dict[str, list[tuple[Entity, Identifier, str]]] = defaultdict(list)
        self._groups: dict[str, str] = {}
        self.schemes = {one.scheme for entity in entities.values() for one in entity.identifiers} - {""}
        self._folded = [(one, [fold(name) for name in one.names]) for one in entities.values()]
        for entity in entities.values():
            self._add(entity)
        self._cores = list(self._by_core)
        self._compact = [core.replace(" ", "") for core in self._cores]
        for entity in entities.values():
            for other in _same_as(entity):
                self._groups[self.group(other)] = self.group(entity.iri)

    def _add(self, entity: Entity) -> None:
        names = self._names[entity] = list(dict.fromkeys(read_name(name) for name in entity.names))
        for name in names:
            _append(self._by_core, name.core, entity)
            if name.short:
                _append(self._by_short, name.short, entity)
            for initials in name.initials:
                _append(self._by_initials, initials, entity)
        for identifier in entity.identifiers:
            key = read_identifier(identifier.notation)
            code = key.list_code or _LISTS.get(identifier.scheme.rpartition("/")[2].rpartition("#")[2], "")
            self._by_number[key.number].append((entity, identifier, code))
        for address in _same_as(entity):
            self._by_number[read_identifier(address).number].append((entity, Identifier(address), ""))

    def names(self, entity: Entity) -> list[Name]:
        """Return the names of a thing as they are compared."""
        return self._names[entity]

    def group(self, iri: str) -> str:
        """Return one IRI for all things that are stated to be the same as this one."""
        while iri in self._groups and self._groups[iri] != iri:
            iri = self._groups[iri]
        return iri

    def by_core(self, core: str) -> list[Entity]:
        """Return the things that have a name with this core."""
        return self._by_core.get(core, [])

    def by_label(self, text: str) -> list[Entity]:
        """Return the things that bear exactly this name, but for case and punctuation."""
        return [one for one in self.by_core(read_name(text).core) if fold(text) in map(fold, one.names)]

    def by_short(self, core: str) -> list[Entity]:
        """Return the things whose name is shortened to this."""
        return self._by_short.get(core, [])

    def by_initials(self, letters: str) -> list[Entity]:
        """Return the things one of whose names has these initials."""
        return self._by_initials.get(letters, [])

    def by_identifier(self, text: str) -> list[tuple[Entity, Identifier]]:
        """Return the things that an identifier names, in any common spelling.

        Where the spelling names a list, as `GB-COH-01234567` does, only identifiers of that list count.
        """
        if text in self.entities:
            return [(self.entities[text], Identifier(text))]
        key = read_identifier(text)
        found = self._by_number.get(key.number, [])
        return [
            (entity, identifier) for entity, identifier, code in found if not key.list_code or key.list_code == code
        ]

    def similar(self, name: Name) -> Iterator[tuple[Entity, str]]:
        """Yield things whose names look like this one, each with the core that does."""
        by_words = process.extract(
            name.core, self._cores, scorer=fuzz.token_set_ratio, limit=_MOST_SIMILAR, score_cutoff=_LEAST_SIMILAR
        )
        by_letters = process.extract(
            name.compact, self._compact, scorer=fuzz.ratio, limit=_MOST_SIMILAR, score_cutoff=_LEAST_SIMILAR
        )
        for place in dict.fromkeys(place for _, _, place in (*by_letters, *by_words)):
            for entity in self._by_core[self._cores[place]]:
                yield entity, self._cores[place]

    def starting_with(self, prefix: str) -> Iterator[Entity]:
        """Yield the things one of whose words begins a name so, those whose whole name does first."""
        folded = fold(prefix)
        whole, inner = [], []
        for entity, names in self._folded:
            if any(name.startswith(folded) for name in names):
                whole.append(entity)
            elif any(f" {folded}" in name for name in names):
                inner.append(entity)
        yield from _sorted(whole)
        yield from _sorted(inner)


def _append(lists: dict[str, list[Entity]], key: str, entity: Entity) -> None:
    if entity not in lists[key]:
        lists[key].append(entity)


def _same_as(entity: Entity) -> list[str]:
    return [*entity.values("owl:sameAs"), *entity.values("skos:exactMatch")]


def _sorted(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (bool(entity.end), entity.label.casefold(), entity.iri))
