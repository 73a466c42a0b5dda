"""A graph by subject, by object and by predicate, with numbers for terms: quick to walk, and in layers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

__all__ = ["Index", "Triple"]

Triple = tuple[int, int, int]
_NOTHING: Mapping[int, list[int]] = MappingProxyType({})


class Index:
    """The triples of graphs, each term a number.

    Args:
        graphs: what to take in.
        base: an index that this one adds to; it stays as it is, so that any number can add to it at the same time.
    """

    def __init__(self, *graphs: Iterable[tuple[Node, Node, Node]], base: "Index | None" = None) -> None:
        self.base = base
        self.added: list[Triple] = []
        self._first = 0 if base is None else base.count
        self._numbers: dict[Node, int] = {}
        self._terms: list[Node] = []
        self._objects: dict[int, dict[int, list[int]]] = {}
        self._subjects: dict[int, dict[int, list[int]]] = {}
        self._with: dict[int, dict[int, None]] = {}
        for graph in graphs:
            for subject, predicate, value in graph:
                self._add((self._number(subject), self._number(predicate), self._number(value)))
        self.type = self._number(RDF.type)
        self.subclass = self._number(RDFS.subClassOf)

    @property
    def count(self) -> int:
        """How many terms there are."""
        return self._first + len(self._terms)

    def find(self, term: Node) -> int | None:
        """Return the number of a term; None where no triple has it."""
        found = None if self.base is None else self.base.find(term)
        return self._numbers.get(term) if found is None else found

    def term(self, number: int) -> Node:
        """Return the term of a number."""
        if self.base is not None and number < self._first:
            return self.base.term(number)
        return self._terms[number - self._first]

    def objects(self, subject: int, predicate: int) -> list[int]:
        """Return the objects of a subject and predicate, each once."""
        own = self._objects.get(subject, _NOTHING).get(predicate, [])
        if self.base is None:
            return own
        found = self.base.objects(subject, predicate)
        return found + own if own else found

    def subjects(self, predicate: int, value: int) -> list[int]:
        """Return the subjects of a predicate and object, each once."""
        own = self._subjects.get(value, _NOTHING).get(predicate, [])
        if self.base is None:
            return own
        found = self.base.subjects(predicate, value)
        return found + own if own else found

    def about(self, subject: int) -> Iterator[Triple]:
        """Yield the triples of a subject."""
        if self.base is not None:
            yield from self.base.about(subject)
        for predicate, values in self._objects.get(subject, _NOTHING).items():
            for value in values:
                yield subject, predicate, value

    def naming(self, value: int) -> Iterator[Triple]:
        """Yield the triples of an object."""
        if self.base is not None:
            yield from self.base.naming(value)
        for predicate, subjects in self._subjects.get(value, _NOTHING).items():
            for subject in subjects:
                yield subject, predicate, value

    def triples(self) -> Iterator[Triple]:
        """Yield all triples."""
        if self.base is not None:
            yield from self.base.triples()
        for subject, found in self._objects.items():
            for predicate, values in found.items():
                for value in values:
                    yield subject, predicate, value

    def with_predicate(self, predicate: int) -> Collection[int]:
        """Return the subjects of a predicate, each once."""
        own: Mapping[int, None] = self._with.get(predicate, {})
        if self.base is None:
            return own
        found = self.base.with_predicate(predicate)
        return {*found, *own} if own else found

    def subclasses(self, class_: Node) -> set[int]:
        """Return a class and all classes under it."""
        start = self.find(class_)
        found = set() if start is None else {start}
        waiting = list(found)
        while waiting:
            for under in self.subjects(self.subclass, waiting.pop()):
                if under not in found:
                    found.add(under)
                    waiting.append(under)
        return found

    def holds(self, triple: Triple) -> bool:
        """Return whether a triple is there."""
        return triple[2] in self.objects(triple[0], triple[1])

    def _number(self, term: Node) -> int:
        found = self.find(term)
        if found is None:
            found = self._numbers[term] = self.count
            self._terms.append(term)
        return found

    def _add(self, triple: Triple) -> None:
        subject, predicate, value = triple
        if self.base is not None and self.base.holds(triple):
            return
        values = self._objects.setdefault(subject, {}).setdefault(predicate, [])
        if value in values:
            return
        values.append(value)
        self._subjects.setdefault(value, {}).setdefault(predicate, []).append(subject)
        self._with.setdefault(predicate, {})[subject] = None
        if self.base is not None:
            self.added.append(triple)
