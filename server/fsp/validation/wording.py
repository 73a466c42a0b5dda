"""Tell SHACL results to people: in words with labels, and with an example of what a right one looks like."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, SKOS
from rdflib.term import Node

from fsp.prefixes import PREFIXES
from fsp.turtle.slips import known_namespaces
from fsp.validation.places import Place
from fsp.validation.report import Result
from fsp.validation.terms import label, short
from fsp.validation.userfiles import UserFiles

__all__ = ["Wording", "first_step"]

_PREFIXED = re.compile(rf"\b({'|'.join(PREFIXES)}):([A-Za-z][\w-]*)")
_IRI = re.compile(r"<(https?://[^\s<>]+)>|\b(https?://[^\s<>,;]+[^\s<>,;:.])")
_MOST_LOOKED_AT = 200
_MOST_NAMED = 8
_COUNTS = {SH.MinCountConstraintComponent, SH.QualifiedMinCountConstraintComponent}


@dataclass(frozen=True)
class Wording:
    """Words for one check.

    Attributes:
        user: the user's files.
        published: what is published, with the ontology.
        shapes: the shapes.
    """

    user: UserFiles
    published: Graph
    shapes: Graph

    def name(self, node: Node) -> str:
        """Return a thing in words: its label, else its IRI in short; a literal as it stands."""
        if isinstance(node, Literal):
            return str(node)
        return label(node, self.user.graph) or label(node, self.published) or self._short(node)

    def title(self, result: Result) -> str:
        """Return the rule in a few words: the kind of thing, and the property."""
        own = label_of_shape(result.shape, self.shapes) or short(result.shape)
        holder = next(self.shapes.subjects(SH.property | SH.sparql, result.shape), None)
        kind = "" if holder is None else label_of_shape(holder, self.shapes)
        words = f"{kind}: {own}" if kind else own
        return words[:1].upper() + words[1:]

    def path(self, result: Result) -> str:
        """Return the property in words; empty for a rule about the thing itself."""
        if result.path is None:
            return ""
        path = self.shapes.value(result.shape, SH.path)
        if result.predicate is not None and path is None:
            return self.name(result.predicate)
        return label_of_shape(result.shape, self.shapes) or result.path

    def message(self, result: Result) -> str:
        """Return what is wrong, and how to mend it."""
        rule = self.plain(result.message)
        lead = self._lead(result)
        return f"{lead} {rule}" if lead else f"{self.name(result.focus)}: {rule}"

    def plain(self, text: str) -> str:
        """Return a text with labels for prefixed names and IRIs."""

        def prefixed(found: re.Match[str]) -> str:
            term = URIRef(PREFIXES[found[1]] + found[2])
            name = label(term, self.published)
            return found[0] if name is None else _quoted(name)

        def iri(found: re.Match[str]) -> str:
            term = URIRef(found[1] or found[2])
            name = label(term, self.user.graph) or label(term, self.published)
            return short(term) if name is None else _quoted(name)

        return _PREFIXED.sub(prefixed, _IRI.sub(iri, text))

    def example(self, result: Result, place: Place | None) -> str:
        """Return a right statement of the property, as the user would write it; empty where there is none."""
        step = first_step(self.shapes.value(result.shape, SH.path) or result.predicate, self.shapes)
        if step is None:
            return ""
        predicate, inverse = step
        if inverse:
            return "" if result.component == SH.MaxCountConstraintComponent else self._pointing_at(result, predicate)
        if place is not None and place.sheet is not None:
            return next((self.name(value) for value in self.usual_values(predicate, result.focus)), "")
        return self.property_example(predicate, result.focus)

    def _pointing_at(self, result: Result, predicate: URIRef) -> str:
        """Return a statement of a thing yet to be described that points at the focus: of the kind that usually does."""
        kind, colon, _ = self._short(next(self.published.subjects(predicate), result.focus)).partition(":")
        subject = f"{kind}:…" if colon and not kind.startswith("<") else "<…>"
        return f"{subject} {self._short(predicate)} {self.written(result.focus)} ."

    def property_example(self, predicate: Node, subject: Node) -> str:
        """Return a right statement of a property, as published of a thing of the same class where there is one."""
        values = self.usual_values(predicate, subject)
        return f"{self._short(predicate)} {self.written(values[0])} ;" if values else ""

    def usual_values(self, predicate: Node, subject: Node | None = None) -> list[Node]:
        """Return some published values of a property, those of things of the same class first."""
        classes = set() if subject is None else set(self.user.graph.objects(subject, RDF.type))
        found = list(islice(self.published.subject_objects(predicate), _MOST_LOOKED_AT))
        alike = [value for other, value in found if classes.intersection(self.published.objects(other, RDF.type))]
        return [*alike, *(value for _, value in found)]

    def written(self, node: Node) -> str:
        """Return a term as the user would write it in Turtle, with the prefixes of the user's files."""
        if isinstance(node, Literal):
            if node.datatype in {_xsd("integer"), _xsd("decimal"), _xsd("boolean")}:
                is_whole = node.datatype == _xsd("decimal") and "." not in node
                return f"{node}.0" if is_whole else str(node)  # digits alone are an integer (Turtle, section 2.5.2)
            plain = Literal(str(node)).n3()
            tag = f"@{node.language}" if node.language else f"^^{self._short(node.datatype)}" if node.datatype else ""
            return plain + tag
        return self._short(node)

    def _lead(self, result: Result) -> str:
        focus, path = self.name(result.focus), _quoted(self.path(result))
        if result.component in _COUNTS:
            return self._untagged(result) or f"{focus} lacks {path}."
        if result.component == SH.MaxCountConstraintComponent:
            return f"{focus} has more than one {path}."
        if result.value is not None and result.value != result.focus and result.path is not None:
            return f"{_quoted(self.name(result.value))} does not fit as {path} of {focus}.{self._choice(result)}"
        return ""

    def _untagged(self, result: Result) -> str:
        """Return which text stands there without the language that is asked for; empty where there is none."""
        texts = [] if result.predicate is None else list(self.user.graph.objects(result.focus, result.predicate))
        text = next((one for one in texts if isinstance(one, Literal) and not one.language and str(one).strip()), None)
        if text is None or result.component != SH.QualifiedMinCountConstraintComponent:
            return ""
        right = self.written(Literal(str(text), lang="en"))
        path = _quoted(self.path(result))
        return f"The {path} of {self.name(result.focus)}, {_quoted(text)}, has no language tag: write {right}."

    def _choice(self, result: Result) -> str:
        """Return which concepts there are to choose from, and the one that was perhaps meant."""
        scheme = self._scheme(result.shape)
        if scheme is None or result.value is None:
            return ""
        concepts = {self.name(one): one for one in self.published.subjects(SKOS.inScheme, scheme)}
        own = next(self.published.objects(result.value, SKOS.inScheme), None)
        reason = "" if own is None or own == scheme else f" It is a concept of {_quoted(self.name(own))}."
        alike = concepts.get(self.name(result.value))
        if alike is not None:
            return f"{reason} Did you mean {self.written(alike)}?"
        names = sorted(concepts)
        listed = ", ".join(names[:_MOST_NAMED]) + (" and others" if len(names) > _MOST_NAMED else "")
        return f"{reason} {_quoted(self.name(scheme))} has: {listed}."

    def _scheme(self, shape: Node) -> Node | None:
        """Return the scheme that a property's values are from."""
        for inner in self.shapes.objects(shape, SH.node):
            for one in self.shapes.objects(inner, SH.property):
                if self.shapes.value(one, SH.path) == SKOS.inScheme:
                    return self.shapes.value(one, SH.hasValue)
        return None

    def _short(self, node: Node) -> str:
        """Return a term with a prefix of the user's files, else one that the project uses."""
        if isinstance(node, URIRef):
            for prefix, namespace in self._namespaces:
                rest = node.removeprefix(namespace)
                if namespace and rest != node and re.fullmatch(r"[\w-]+", rest):
                    return f"{prefix}:{rest}"
            return f"<{node}>"
        return "this thing" if isinstance(node, BNode) else short(node)

    @cached_property
    def _namespaces(self) -> tuple[tuple[str, str], ...]:
        known = {**known_namespaces(), **self.user.prefixes}
        return tuple(sorted(known.items(), key=lambda item: (item[0] not in self.user.prefixes, -len(item[1]))))


def first_step(path: Node | None, shapes: Graph) -> tuple[URIRef, bool] | None:
    """Return the first predicate of a property path, and whether it is walked backwards; None where it has none."""
    if path is None or isinstance(path, URIRef):
        return None if path is None else (path, False)
    if (path, RDF.first, None) in shapes:
        return first_step(next(iter(Collection(shapes, path))), shapes)
    inverse = shapes.value(path, SH.inversePath)
    if isinstance(inverse, URIRef):
        return inverse, True
    for predicate in (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath, SH.alternativePath):
        inner = shapes.value(path, predicate)
        if inner is not None:
            return first_step(inner, shapes)
    return None


def label_of_shape(shape: Node, shapes: Graph) -> str:
    """Return the name of a shape; empty where it has none."""
    return str(shapes.value(shape, SH.name) or "")


def _quoted(words: str) -> str:
    return f"“{words}”"


def _xsd(name: str) -> URIRef:
    return URIRef(PREFIXES["xsd"] + name)
