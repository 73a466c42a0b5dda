"""Which blank nodes of a document are written inside another thing, and which need a label."""

from collections import Counter
from collections.abc import Iterator

from rdflib import BNode
from rdflib.namespace import RDF
from rdflib.term import Node

from fsp.turtle.document import Document, Thing, Value

__all__ = ["Nesting"]

_DEEPEST = 50
_CELL = (RDF.first, RDF.rest)


class Nesting:
    """How the blank nodes of a document are written.

    One that is the object of just one triple is written where it is named, as `[ ]` or `( )`; one that is named
    nowhere is written `[]` as a subject; any other has a label: that of its text, or the next free number.

    Args:
        document: the document.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._count: Counter[Node] = Counter(
            value.node for _, _, value in document.triples() if isinstance(value.node, BNode)
        )
        self._nested: set[Node] = set()
        self._labels: dict[Node, str] = {}
        self._rings: set[Node] = set()
        self._nest()

    @property
    def has_shared(self) -> bool:
        """Whether a blank node needs a label because several triples name it, or because it is in a ring."""
        return any(self._count[node] > 1 for node in self._labels) or bool(self._rings)

    def is_nested(self, node: Node) -> bool:
        """Tell whether a node is written inside another thing."""
        return node in self._nested

    def is_free(self, node: Node) -> bool:
        """Tell whether nothing names a blank node."""
        return not self._count[node]

    def label(self, node: Node) -> str:
        """Return the label of a blank node."""
        return self._labels[node]

    def items(self, node: Node) -> list[Value] | None:
        """Return the items of the list that begins with a node; None where it is not the head of a whole list."""
        items: list[Value] = []
        while node != RDF.nil:
            thing = self._document.things.get(node)
            if thing is None or node not in self._nested or not _is_cell(thing):
                return None
            items += thing.properties[RDF.first].values.values()
            (node,) = thing.objects(RDF.rest)
        return items

    def is_commented(self, node: Node) -> bool:
        """Tell whether there is a comment anywhere in what is written for a nested node."""
        waiting = [node]
        while waiting:
            node = waiting.pop()
            thing = self._document.things.get(node)
            if thing is None or node not in self._nested:
                continue
            if any(held.leading or held.trailing for held in thing.properties.values()):
                return True
            values = [value for held in thing.properties.values() for value in held.values.values()]
            if any(value.leading or value.trailing for value in values):
                return True
            waiting += [value.node for value in values]
        return False

    def comments(self, node: Node) -> list[str]:
        """Return the comments that stood before the statements of nodes which are now written inside this one."""
        return [text for inner in self._below(node) for text in self._document.things[inner].leading if text]

    def _below(self, node: Node) -> Iterator[Node]:
        waiting = [value.node for value in _values(self._document.things[node])]
        while waiting:
            inner = waiting.pop(0)
            if inner in self._nested and inner in self._document.things:
                yield inner
                waiting += [value.node for value in _values(self._document.things[inner])]

    def _nest(self) -> None:
        """Decide for each blank node, walking from those that stand alone."""
        roots: list[Node] = [
            node for node in self._document.things if not isinstance(node, BNode) or self._count[node] != 1
        ]
        seen: set[Node] = set()
        self._walk(roots, seen)
        # What is left goes round in rings: one of each ring has a label, one that has it already before others.
        for node in [*self._document.labels, *self._document.things]:
            if node in self._document.things and node not in seen:
                self._rings.add(node)
                self._walk([node], seen)
        given = set(self._document.labels.values())
        numbers = (f"b{number}" for number in range(1, len(self._document.things) + len(self._count) + len(given) + 2))
        free = (label for label in numbers if label not in given)
        for node in [*self._document.things, *self._count]:
            if isinstance(node, BNode) and node not in self._nested and self._count[node] and node not in self._labels:
                self._labels[node] = self._document.labels.get(node) or next(free)

    def _walk(self, roots: list[Node], seen: set[Node]) -> None:
        seen.update(roots)
        waiting = [(root, 0) for root in roots]
        while waiting:
            node, depth = waiting.pop()
            thing = self._document.things.get(node)
            for predicate, held in thing.properties.items() if thing else ():
                for inner in held.values:
                    if isinstance(inner, BNode) and self._count[inner] == 1 and inner not in seen:
                        # The cells of a list lie beside each other, not within.
                        deeper = depth + (predicate != RDF.rest)
                        seen.add(inner)
                        if deeper <= _DEEPEST:
                            self._nested.add(inner)
                        waiting.append((inner, deeper if deeper <= _DEEPEST else 0))


def _values(thing: Thing) -> Iterator[Value]:
    for held in thing.properties.values():
        yield from held.values.values()


def _is_cell(thing: Thing) -> bool:
    first, rest = thing.objects(RDF.first), thing.objects(RDF.rest)
    return len(thing.properties) == len(_CELL) and len(first) == 1 and len(rest) == 1
