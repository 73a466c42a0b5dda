"""Lay out a document as Turtle: one property a line, with its comments."""

import re

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from fsp.errors import DataError
from fsp.namespaces import FSP
from fsp.turtle.document import Document, Property, Thing, Value
from fsp.turtle.nesting import Nesting
from fsp.turtle.order import natural, ordered_things, predicate_key
from fsp.turtle.tokens import LOCAL_NAME

__all__ = ["WIDTH", "free_texts", "layout"]

WIDTH = 120
"""Columns that a line has where it can be broken."""

_INDENT = 4
_ONE_A_LINE = {FSP.restsOn, SH.property}
_SHORT = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def layout(document: Document) -> str:
    """Return a document as Turtle, in the project's one style.

    Raises:
        DataError: an IRI of it cannot be written.
    """
    return _Layout(document).text()


def free_texts(document: Document) -> dict[Node, str]:
    """Return what tells the blank nodes apart that nothing names: what is said of each, in one line.

    Raises:
        DataError: an IRI cannot be written.
    """
    return _Layout(document).free_texts()


class _Layout:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._nesting = Nesting(document)
        self._used: set[str] = set()
        self._names: dict[Node, str] = {}
        # The longest namespace first: what it leaves over is the shortest local name.
        self._namespaces = sorted(document.prefixes.items(), key=lambda item: (-len(item[1]), item[0]))

    def text(self) -> str:
        statements = [
            self._statement(thing)
            for thing in ordered_things(self._document)
            if thing.properties and not self._nesting.is_nested(thing.node)
        ]
        header = self._block([*self._document.header, *self._comments_of_dropped_prefixes()])
        prefixes = [
            " ".join([f"@prefix {prefix}: <{namespace}> .", *self._document.prefix_comments.get(prefix, ())])
            for prefix, namespace in sorted(self._document.prefixes.items())
            if prefix in self._used
        ]
        footer = self._block(self._document.footer)
        blocks = [header, "\n".join(prefixes), *statements, footer]
        return "".join(f"{block}\n\n" for block in blocks if block).rstrip("\n") + "\n" if any(blocks) else ""

    def free_texts(self) -> dict[Node, str]:
        return {
            node: self._inline_properties(thing)
            for node, thing in self._document.things.items()
            if isinstance(node, BNode) and self._nesting.is_free(node)
        }

    def _comments_of_dropped_prefixes(self) -> list[str]:
        comments = self._document.prefix_comments
        return [text for prefix, texts in comments.items() if prefix not in self._used for text in texts]

    @staticmethod
    def _block(comments: list[str]) -> str:
        return "\n".join(comments).strip("\n")

    # Statements

    def _statement(self, thing: Thing) -> str:
        properties = self._properties(thing, _INDENT)
        if isinstance(thing.node, BNode):
            subject = "[]" if self._nesting.is_free(thing.node) else f"_:{self._nesting.label(thing.node)}"
        else:
            subject = self._term(thing.node)
        (comments, first), *others = properties
        leading = [*thing.leading, *self._nesting.comments(thing.node), *comments]
        lines = [f"{subject} {first}"]
        for comments, text in others:
            lines += [" " * _INDENT + line for line in (*comments, text)]
        return "\n".join([*leading, *lines])

    def _properties(
        self, thing: Thing, indent: int, ends: tuple[str, str] = (" ;", " .")
    ) -> list[tuple[list[str], str]]:
        """Return each property in order: the comments before it, and its text with the mark that ends it."""
        items = sorted(thing.properties.items(), key=lambda item: predicate_key(item[0], self._verb(item[0])))
        texts = []
        for number, (predicate, held) in enumerate(items, 1):
            texts.append(self._property(predicate, held, indent, ends[number == len(items)]))
        return texts

    def _property(self, predicate: Node, held: Property, indent: int, mark: str) -> tuple[list[str], str]:
        verb = self._verb(predicate)
        values = self._sorted(held)
        leading = [*held.leading, *values[0].leading]
        if len(values) > 1 and predicate not in _ONE_A_LINE:
            line = f"{verb} {', '.join(self._inline(value.node) for value in values)}{mark}"
            commented = self._is_commented(values)
            fits = indent + len(line) <= WIDTH and "\n" not in line
            if not commented and (fits or predicate == RDF.type):
                return leading, " ".join([line, *values[-1].trailing, *held.trailing])
        hang = indent + _INDENT if len(values) > 1 else indent
        texts = []
        for number, value in enumerate(values):
            end = mark if number == len(values) - 1 else ","
            before = value.leading if number else []
            after = [*value.trailing, *(() if end == "," else held.trailing)]
            texts += [*before, " ".join([self._value(value.node, hang, len(verb)) + end, *after])]
        return leading, f"{verb} " + ("\n" + " " * hang).join(texts)

    def _sorted(self, held: Property) -> list[Value]:
        return sorted(
            held.values.values(), key=lambda value: (self._kind(value.node), natural(self._inline(value.node)))
        )

    def _kind(self, node: Node) -> tuple[int, bool]:
        if isinstance(node, URIRef):
            return 0, not node.startswith(FSP)
        return (1, False) if isinstance(node, Literal) else (2, False)

    def _is_commented(self, values: list[Value]) -> bool:
        """Tell whether there are comments between values: not before the first one, nor after the last."""
        return (
            any(value.leading for value in values[1:])
            or any(value.trailing for value in values[:-1])
            or any(self._nesting.is_commented(value.node) for value in values)
        )

    # Values

    def _value(self, node: Node, indent: int, before: int) -> str:
        """Return a value: in one line where it fits, and over several where it is a bracket that does not."""
        inline = self._inline(node)
        fits = indent + before + len(inline) + 3 <= WIDTH and "\n" not in inline
        is_empty = node not in self._document.things
        if is_empty or not self._nesting.is_nested(node) or (fits and not self._nesting.is_commented(node)):
            return inline
        margin, inner = " " * indent, " " * (indent + _INDENT)
        lines: list[str] = []
        items = self._nesting.items(node)
        if items is not None:
            for item in items:
                lines += [*item.leading, " ".join([self._value(item.node, indent + _INDENT, 0), *item.trailing])]
            opening, closing = "()"
        else:
            for comments, text in self._properties(self._document.things[node], indent + _INDENT, (" ;", "")):
                lines += [*comments, text]
            opening, closing = "[]"
        return "\n".join([opening, *(inner + line for line in lines), margin + closing])

    def _inline(self, node: Node) -> str:
        """Return a value in one line, without its comments."""
        if not isinstance(node, BNode):
            return self._term(node)
        if node in self._names:
            return self._names[node]
        if not self._nesting.is_nested(node):
            text = f"_:{self._nesting.label(node)}"
        elif (items := self._nesting.items(node)) is not None:
            text = f"( {' '.join(self._inline(item.node) for item in items)} )"
        else:
            text = self._inline_properties(self._document.things.get(node))
        self._names[node] = text
        return text

    def _inline_properties(self, thing: Thing | None) -> str:
        if thing is None or not thing.properties:
            return "[]"
        items = sorted(thing.properties.items(), key=lambda item: predicate_key(item[0], self._verb(item[0])))
        texts = [
            f"{self._verb(predicate)} {', '.join(self._inline(value.node) for value in self._sorted(held))}"
            for predicate, held in items
        ]
        return f"[ {' ; '.join(texts)} ]"

    # Terms

    def _verb(self, predicate: Node) -> str:
        return "a" if predicate == RDF.type else self._iri(str(predicate))

    def _term(self, node: Node) -> str:
        if node == RDF.nil:
            return "()"
        if node not in self._names:
            self._names[node] = self._literal(node) if isinstance(node, Literal) else self._iri(str(node))
        return self._names[node]

    def _iri(self, iri: str) -> str:
        for prefix, namespace in self._namespaces:
            if namespace and iri.startswith(namespace):
                local = iri[len(namespace) :]
                if not local or LOCAL_NAME.fullmatch(local):
                    self._used.add(prefix)
                    return f"{prefix}:{local}"
        bad = _NOT_IN_IRI.search(iri)
        if bad:
            raise DataError(
                f"<{iri}> cannot be written as an IRI: it holds {bad[0]!r}. Write it with % and digits.", file=""
            )
        return f"<{iri}>"

    def _literal(self, literal: Literal) -> str:
        text, datatype = str(literal), literal.datatype
        if datatype in _SHORT and _SHORT[datatype].fullmatch(text):
            return text
        quoted = _quoted(text)
        if literal.language:
            return f"{quoted}@{literal.language}"
        return quoted if datatype in {None, XSD.string} else f"{quoted}^^{self._iri(str(datatype))}"


def _quoted(text: str) -> str:
    """Return a string in quotes: three of them where it has several lines, which then stay as they are."""
    if "\n" not in text:
        escaped = re.sub(r'["\\\r\t]', lambda found: _NAMED[found[0]], text)
        return f'"{_CONTROL.sub(_code, escaped)}"'
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"').replace("\r", "\\r")
    if escaped.endswith('"'):
        escaped = escaped[:-1] + '\\"'
    return f'"""{_CONTROL.sub(_code, escaped)}"""'


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"
