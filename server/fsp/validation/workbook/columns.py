"""Which columns a sheet has: made from the shapes, a column a property."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from fsp.namespaces import FSP
from fsp.validation.terms import label, short
from fsp.validation.workbook.sheets import SHEETS, SheetClass

__all__ = ["Column", "Sheet", "ValueKind", "make_sheets"]

_UNIT_PATTERN = "^http://qudt[.]org/vocab/unit/"
_TEXTS = {RDFS.label, DCTERMS.title, SKOS.altLabel}
"""Properties whose shapes ask for English text by another way than sh:datatype, or that have none."""


class ValueKind(Enum):
    """What stands in the cells of a column."""

    NAME = "name"
    CLASS = "class"
    TEXT = "text"
    STRING = "string"
    INTEGER = "integer"
    QUANTITY = "quantity"
    DATE = "date"
    THING = "thing"
    UNIT = "unit"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        path: the property; None for the short name of a row, which is a part of its IRI.
        header: what stands over it.
        kind: what stands in its cells.
        required: whether a shape demands a value, as a Violation.
        advised: whether a shape demands one, as a Warning.
        several: whether a cell may hold several values, with `;` between them.
        description: what the property says.
        message: the shape's message.
        classes: the classes of things that it may point to; empty with `schemes` empty: any.
        schemes: the concept schemes of concepts that it may point to.
    """

    path: URIRef | None
    header: str
    kind: ValueKind
    required: bool = False
    advised: bool = False
    several: bool = False
    description: str = ""
    message: str = ""
    classes: frozenset[URIRef] = frozenset()
    schemes: frozenset[URIRef] = frozenset()

    @property
    def key(self) -> str:
        """What stands for the column in the hidden row of keys, whatever is made of its header."""
        return "short-name" if self.path is None else short(self.path)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the class of its things, and its columns.

    Attributes:
        of: the class.
        columns: the columns, from the left.
    """

    of: SheetClass
    columns: tuple[Column, ...]

    def column(self, path: URIRef | None) -> int | None:
        """Return the index of the column of a property, from 0; None where the sheet has none."""
        return next((index for index, column in enumerate(self.columns) if column.path == path), None)


def make_sheets(shapes: Graph, ontology: Graph) -> tuple[Sheet, ...]:
    """Return the sheets that the shapes ask for.

    Args:
        shapes: the shapes.
        ontology: a graph with the ontology: which class is under which, and labels of properties.
    """
    rules = _Rules(shapes, ontology)
    return tuple(Sheet(sheet, tuple(rules.columns(sheet))) for sheet in SHEETS)


_SHORT_NAME = Column(
    None,
    "short name",
    ValueKind.NAME,
    description="The end of this thing's web address: letters, digits and hyphens.",
)


@dataclass
class _Rules:
    """The property shapes of the project, and what a sheet makes of them."""

    shapes: Graph
    ontology: Graph
    by_path: dict[Node, list[Node]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the property shapes by their paths."""
        self.by_path = {}
        for shape in sorted(self.shapes.subjects(RDF.type, SH.PropertyShape), key=str):
            path = self.shapes.value(shape, SH.path)
            if isinstance(path, URIRef):
                self.by_path.setdefault(path, []).append(shape)

    def columns(self, sheet: SheetClass) -> Iterator[Column]:
        found: dict[URIRef, list[Node]] = {}
        for shape in self._node_shapes(sheet.target):
            for rule in sorted(self.shapes.objects(shape, SH.property), key=self._order):
                path = self.shapes.value(rule, SH.path)
                if isinstance(path, URIRef):
                    found.setdefault(path, []).append(rule)
        made = {path: self._column(path, rules) for path, rules in found.items()}
        made |= {path: self._extra(path) for path in sheet.extra if path not in made}
        last = [path for path in (DCTERMS.spatial, FSP.describedIn, FSP.restsOn) if path in made]
        yield made.pop(RDFS.label)
        yield _SHORT_NAME
        if sheet.further:
            yield Column(RDF.type, "further class", ValueKind.CLASS, several=True, classes=frozenset(sheet.further))
        if DCTERMS.description in made:
            yield made.pop(DCTERMS.description)
        yield from (column for path, column in made.items() if path not in last)
        yield from (made[path] for path in last)

    def _node_shapes(self, target: URIRef) -> list[Node]:
        """Return the node shapes of a class and of those over it, the most particular first."""
        over = set(self.ontology.transitive_objects(target, RDFS.subClassOf))
        shapes = {shape for shape, aim in self.shapes.subject_objects(SH.targetClass) if aim in over}
        return sorted(shapes, key=lambda shape: (len(list(self.shapes.objects(shape, SH.targetClass))), str(shape)))

    def _column(self, path: URIRef, rules: list[Node]) -> Column:
        demanding = [rule for rule in rules if self._least(rule)]
        severities = {self.shapes.value(rule, SH.severity, default=SH.Violation) for rule in demanding}
        kind, classes, schemes = self._values(path, rules)
        texts = [str(text) for rule in rules for text in self.shapes.objects(rule, SH.message)]
        return Column(
            path=path,
            header=self._text(rules, SH.name) or self._label(path),
            kind=kind,
            required=SH.Violation in severities,
            advised=SH.Warning in severities,
            several=not any(self._single(rule) for rule in rules),
            description=self._text(rules, SH.description),
            message=texts[0] if texts else "",
            classes=classes,
            schemes=schemes,
        )

    def _extra(self, path: URIRef) -> Column:
        """Return the column of a property that the class's own shapes don't have, after the rules for other classes."""
        rules = self.by_path.get(path, [])
        kind, classes, schemes = self._values(path, rules)
        definition = self.ontology.value(path, SKOS.definition)
        return Column(
            path=path,
            header=self._label(path) or self._text(rules, SH.name),
            kind=kind,
            several=True,
            description=str(definition or self._text(rules, SH.description)),
            classes=classes,
            schemes=schemes,
        )

    def _values(self, path: URIRef, rules: Iterable[Node]) -> tuple[ValueKind, frozenset[URIRef], frozenset[URIRef]]:
        allowed = _Allowed()
        for rule in rules:
            self._collect(rule, allowed)
        return allowed.kind(path), frozenset(allowed.classes), frozenset(allowed.schemes)

    def _collect(self, shape: Node, allowed: "_Allowed") -> None:
        """Gather what the values of a shape may be, through sh:node and sh:or."""
        for predicate, value in self.shapes.predicate_objects(shape):
            if predicate == SH["class"] and isinstance(value, URIRef):
                allowed.classes.add(value)
            elif predicate == SH.datatype:
                allowed.datatypes.add(value)
            elif predicate == SH.pattern and str(value).startswith(_UNIT_PATTERN):
                allowed.units = True
            elif predicate in {SH.node, SH.property}:
                self._collect(value, allowed)
            elif predicate == SH["or"]:
                for member in Collection(self.shapes, value):
                    self._collect(member, allowed)
            elif predicate == SH.hasValue and (shape, SH.path, SKOS.inScheme) in self.shapes:
                allowed.schemes.add(URIRef(str(value)))

    def _least(self, rule: Node) -> bool:
        return any(int(str(self.shapes.value(rule, path) or 0)) for path in (SH.minCount, SH.qualifiedMinCount))

    def _single(self, rule: Node) -> bool:
        return str(self.shapes.value(rule, SH.maxCount)) == "1" or (rule, SH.uniqueLang, None) in self.shapes

    def _order(self, rule: Node) -> tuple[int, str]:
        return int(str(self.shapes.value(rule, SH.order) or 0)), str(rule)

    def _text(self, rules: list[Node], predicate: URIRef) -> str:
        return next((str(text) for rule in rules for text in self.shapes.objects(rule, predicate)), "")

    def _label(self, path: URIRef) -> str:
        return label(path, self.ontology) or self._text(self.by_path.get(path, []), SH.name) or _words(path)


@dataclass
class _Allowed:
    """What the values of a property may be."""

    classes: set[URIRef] = field(default_factory=set)
    schemes: set[URIRef] = field(default_factory=set)
    datatypes: set[Node] = field(default_factory=set)
    units: bool = False

    def kind(self, path: URIRef) -> ValueKind:
        """Return what the cells of a column for the property hold."""
        if path == FSP.evidenceFor:
            return ValueKind.PROPERTY
        if self.units:
            return ValueKind.UNIT
        by_datatype = {
            XSD.decimal: ValueKind.QUANTITY,
            XSD.integer: ValueKind.INTEGER,
            XSD.date: ValueKind.DATE,
            XSD.string: ValueKind.STRING,
        }
        for datatype in self.datatypes.intersection(by_datatype):
            return by_datatype[URIRef(str(datatype))]
        return ValueKind.TEXT if RDF.langString in self.datatypes or path in _TEXTS else ValueKind.THING


def _words(path: URIRef) -> str:
    """Return the local name of a property as words: `isPartOf` is 'is part of'."""
    name = path.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()
