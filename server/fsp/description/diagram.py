"""The model as a picture: classes as boxes, and the properties that lead from one to another as arrows.

The places of boxes are those of a layered drawing (Sugiyama), left to right; a property's name is a node of its own in
it, so that no name is written over another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from fast_sugiyama import from_edges
from flask_babel import lazy_gettext as _
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from fsp.description.labels import words

__all__ = ["ANYTHING", "Arrow", "Box", "Diagram", "draw_model"]

ANYTHING = "anything"
"""Stands for the classes of a property that has no domain."""

_COLUMN = 165
_ROW = 46
_HEIGHT = 32
_LETTER = 8.2
"""Width of a letter, on average, in the size that names are written in."""
_PADDING = 20

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A class, or the names of properties on their way.

    Attributes:
        iri: of the class; empty for anything, and for names of properties.
        lines: what is written in it.
        x: its middle.
        y: its middle.
        width: of it.
        height: of it.
    """

    iri: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y - self.height / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """The properties that lead from one class to another.

    Attributes:
        start: the class that they lead from.
        names: the box of their names.
        end: the class that they lead to.
        points: places between names and end that the line passes, so that it runs behind no box.
    """

    start: Box
    names: Box
    end: Box
    points: tuple[_Point, ...] = ()

    @property
    def path(self) -> str:
        """The line, as the data of an SVG path: from class to names, and from names to class."""
        passed = [Box("", (), x, y, 0, 0) for x, y in self.points]
        stops = [self.names, *passed, self.end]
        return " ".join(_curve(one, other) for one, other in zip([self.start, *stops[:-1]], stops, strict=True))


@dataclass(frozen=True, slots=True)
class Diagram:
    """A picture.

    Attributes:
        boxes: the classes.
        arrows: the properties between them.
        width: of the picture.
        height: of it.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: float
    height: float


def draw_model(ontology: Graph, names: Mapping[str, str]) -> Diagram:
    """Draw the classes of an ontology and the properties between them.

    Args:
        ontology: its description.
        names: what terms are called, by IRI.
    """
    links = _links(ontology)
    classes = sorted({end for pair in links for end in pair} | _own_classes(ontology))
    number = {class_: position for position, class_ in enumerate(classes)}
    chains = _chains([(number[start], number[end]) for start, end in links], len(classes))
    places = _places(chains, len(classes))
    titles = {class_: names.get(class_) or words(class_) for class_ in classes} | {ANYTHING: str(_("anything"))}
    width = _width("", *titles.values())
    boxes = {class_: _box(class_, (titles[class_],), places[number[class_]], width) for class_ in classes}
    arrows = []
    for ((start, end), properties), (_start, middle, *passed, _end) in zip(links.items(), chains, strict=True):
        lines = tuple(names.get(str(property_)) or words(str(property_)) for property_ in properties)
        label = _box("", lines, places[middle], _width(*lines))
        arrows.append(Arrow(boxes[start], label, boxes[end], tuple(places[node] for node in passed)))
    everything = [*boxes.values(), *(arrow.names for arrow in arrows)]
    return Diagram(
        tuple(boxes.values()),
        tuple(arrows),
        max((box.right for box in everything), default=0) + _PADDING,
        max((box.y + box.height / 2 for box in everything), default=0) + _PADDING,
    )


def _links(ontology: Graph) -> dict[tuple[str, str], list[URIRef]]:
    """Return the properties that lead from class to class; concepts are told in tables, for most classes have some."""
    links: dict[tuple[str, str], list[URIRef]] = {}
    properties = [node for node in ontology.subjects(RDF.type, OWL.ObjectProperty) if isinstance(node, URIRef)]
    for property_ in sorted(properties):
        end = ontology.value(property_, RDFS.range)
        if isinstance(end, URIRef) and end not in {SKOS.Concept, RDF.Property}:
            start = ontology.value(property_, RDFS.domain) or ANYTHING
            links.setdefault((str(start), str(end)), []).append(property_)
    return dict(sorted(links.items()))


def _own_classes(ontology: Graph) -> set[str]:
    classes: Iterable[Node] = ontology.subjects(RDF.type, OWL.Class)
    return {str(class_) for class_ in classes if isinstance(class_, URIRef)}


def _chains(pairs: list[tuple[int, int]], classes: int) -> list[list[int]]:
    """Return the nodes of each line: its start, its names, a node in each column that it passes, and its end."""
    chains = [[start, classes + position, end] for position, (start, end) in enumerate(pairs)]
    column = {node: round((x - _PADDING) / _COLUMN - 0.5) for node, (x, _) in _places(chains, classes).items()}
    free = classes + len(pairs)
    for chain in chains:
        passed = max(0, column[chain[2]] - column[chain[1]] - 1)
        chain[2:2] = range(free, free + passed)
        free += passed
    return chains


def _places(chains: list[list[int]], classes: int) -> dict[int, _Point]:
    """Return the middle of each node: layers are columns. What nothing leads to or from stands in rows below."""
    places: dict[int, _Point] = {}
    bottom = 0.0
    edges = [edge for chain in chains for edge in pairwise(chain)]
    for positions, *_size in from_edges(edges, vertex_spacing=1, minimum_length=1):
        rows = [across for _node, (across, _along) in positions]
        columns = [along for _node, (_across, along) in positions]
        for node, (across, along) in positions:
            places[int(node)] = (max(columns) - along, bottom + across - min(rows))
        bottom += max(rows) - min(rows) + 1
    width = int(max((column for column, _row in places.values()), default=0)) + 1
    apart = [node for node in range(classes) if node not in places]
    for position, node in enumerate(apart):
        places[node] = (position % width, bottom + position // width)
    return {
        node: (_PADDING + (column + 0.5) * _COLUMN, _PADDING + (row + 0.5) * _ROW)
        for node, (column, row) in places.items()
    }


def _width(*lines: str) -> float:
    return max(map(len, lines)) * _LETTER + _PADDING


def _box(iri: str, lines: tuple[str, ...], place: _Point, width: float) -> Box:
    return Box("" if iri == ANYTHING else iri, lines, *place, width, _HEIGHT + 16 * (len(lines) - 1))


def _curve(start: Box, end: Box) -> str:
    """Return a line between the facing edges of two boxes, which leaves and enters them level."""
    if end.left >= start.right:
        x1, x2 = start.right, end.left
    elif end.right <= start.left:
        x1, x2 = start.left, end.right
    else:
        x1, x2 = start.x, end.x
    middle = (x1 + x2) / 2
    return f"M{x1:.0f} {start.y:.0f} C{middle:.0f} {start.y:.0f} {middle:.0f} {end.y:.0f} {x2:.0f} {end.y:.0f}"
