"""A Turtle document: its things with their properties and values, and the comments and places of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib.term import Node

__all__ = ["Document", "Offsets", "Property", "Thing", "Value"]

Offsets = tuple[int, int, int]
"""Code points of the text before the subject, the predicate and the object of a triple."""


@dataclass(slots=True)
class Value:
    """An object of a triple.

    Attributes:
        node: the object.
        leading: comments on lines of their own before it.
        trailing: comments after it on its line.
        offsets: where its triple stands; None where it was not read from a text.
    """

    node: Node
    leading: list[str] = field(default_factory=list)
    trailing: list[str] = field(default_factory=list)
    offsets: Offsets | None = None


@dataclass(slots=True)
class Property:
    """A predicate of a thing, with all its values.

    Attributes:
        values: the values, in the order in which they were found.
        leading: comments on lines of their own before it.
        trailing: comments after its last value and the mark that ends it, on that line.
    """

    values: dict[Node, Value] = field(default_factory=dict)
    leading: list[str] = field(default_factory=list)
    trailing: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Thing:
    """A subject, with all that is said of it.

    Attributes:
        node: the subject.
        properties: its properties by predicate.
        leading: comments before it; an empty text is a blank line after one.
    """

    node: Node
    properties: dict[Node, Property] = field(default_factory=dict)
    leading: list[str] = field(default_factory=list)

    def objects(self, predicate: Node) -> tuple[Node, ...]:
        """Return the values of a predicate."""
        found = self.properties.get(predicate)
        return tuple(found.values) if found else ()


@dataclass(slots=True)
class Document:
    """A Turtle document.

    Attributes:
        prefixes: the namespace of each prefix.
        things: every subject, in the order in which they were found; those of `[ ]` and `( )` too.
        header: comments at the top.
        footer: comments after everything else.
        prefix_comments: comments on the line of a prefix.
        labels: the label that the text gave to a blank node.
    """

    prefixes: dict[str, str] = field(default_factory=dict)
    things: dict[Node, Thing] = field(default_factory=dict)
    header: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    prefix_comments: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[Node, str] = field(default_factory=dict)

    def thing(self, node: Node) -> Thing:
        """Return the thing of a subject, new where it was not there."""
        return self.things.setdefault(node, Thing(node))

    def add(self, subject: Node, predicate: Node, value: Value) -> Value:
        """Add a triple; where it is there already, the comments of both are kept.

        Returns:
            The value as it now stands in the document.
        """
        held = self.thing(subject).properties.setdefault(predicate, Property())
        known = held.values.setdefault(value.node, value)
        if known is not value:
            known.leading += value.leading
            known.trailing += value.trailing
        return known

    def triples(self) -> Iterator[tuple[Node, Node, Value]]:
        """Yield every triple, with the value that holds its object."""
        for thing in self.things.values():
            for predicate, held in thing.properties.items():
                for value in held.values.values():
                    yield thing.node, predicate, value
