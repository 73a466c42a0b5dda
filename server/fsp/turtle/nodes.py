"""Read the terms of Turtle that are one word or a few: IRIs, blank nodes and literals (Turtle 1.1, section 2)."""

import re

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from fsp.turtle.cursor import Cursor, SkippedError
from fsp.turtle.document import Document
from fsp.turtle.slips import known_namespace, slip, undeclared
from fsp.turtle.terms import iri_text, local_text, resolve, string_text
from fsp.turtle.tokens import Token

__all__ = ["NodeReader"]

_NUMBERS = {"integer": XSD.integer, "decimal": XSD.decimal, "double": XSD.double}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class NodeReader:
    """Reads terms.

    Args:
        text: Turtle or TriG.
        base: what relative IRIs are resolved against; None leaves them as they are.
    """

    def __init__(self, text: str, base: str | None) -> None:
        self.cursor = Cursor(text)
        self.document = Document()
        self.base = base
        self._blanks: dict[str, BNode] = {}
        self._undeclared: set[str] = set()

    def iri(self) -> URIRef | None:
        """Take an IRI or a prefixed name; None where it is at fault, which is noted."""
        token = self.cursor.take()
        if token.kind == "name":
            return self._name(token)
        if token.kind == "open_iri":
            self.cursor.note(token.offset, slip(token, "an IRI", ""))
            return None
        try:
            iri = iri_text(token.text)
            if self.base is not None and not _ABSOLUTE.match(iri):
                iri = resolve(iri, self.base)
        except ValueError as error:
            self.cursor.note(token.offset, f"{error}.")
            return None
        return URIRef(iri)

    def predicate(self) -> Node | None:
        """Take a predicate; None where it is at fault, which is noted.

        Raises:
            SkippedError: there is none here.
        """
        token = self.cursor.peek()
        if token.kind == "word" and token.text == "a":
            self.cursor.take()
            return RDF.type
        if token.kind == "blank" or self.cursor.at("[", "("):
            self.cursor.note(token.offset, "A property is always an IRI, never a blank node or a list.")
            raise SkippedError
        if token.kind not in {"iri", "name", "open_iri"}:
            raise self.cursor.fail("a property")
        return self.iri()

    def blank(self) -> BNode:
        """Take a blank node with a label."""
        label = self.cursor.take().text[2:]
        node = self._blanks.setdefault(label, BNode())
        self.document.labels[node] = label
        return node

    def number(self) -> Literal | None:
        """Take a number; None where it is a date without quotes, which is noted."""
        token = self.cursor.peek()
        rest = self.cursor.text[token.offset : token.offset + 10]
        if _DATE.fullmatch(rest):
            self.cursor.note(token.offset, slip(token, "a value", rest))
            while self.cursor.peek().offset < token.offset + 10:
                self.cursor.take()
            return None
        return Literal(self.cursor.take().text, datatype=_NUMBERS[token.kind], normalize=False)

    def string(self) -> tuple[Literal | None, list[str]]:
        """Take a string with its language tag or datatype; return it with the comments that stand inside."""
        token = self.cursor.take()
        try:
            text: str | None = string_text(token.text)
        except ValueError as error:
            self.cursor.note(token.offset, f"{error}.")
            text = None
        following = self.cursor.peek()
        if following.kind == "at" and following.text not in {"@prefix", "@base"}:
            self._check_language(self.cursor.take())
            literal = None if text is None else Literal(text, lang=following.text[1:])
            return literal, [*token.trailing, *following.leading]
        if self.cursor.at("^^"):
            return self._typed(text, token)
        return (None if text is None else Literal(text)), []

    def broken_string(self) -> None:
        """Take a string that is not closed, or in typographic quotes, with what can be told of the mark after it."""
        token = self.cursor.take()
        self.cursor.note(token.offset, slip(token, "a string", ""))
        if token.kind == "open_string" and token.text.rstrip()[-1] in ".;,":
            self.cursor.insert(token.text.rstrip()[-1], token.end)
        elif token.kind == "open_long":
            self.cursor.insert(".", token.end)
        elif token.kind == "curly" and self.cursor.peek().kind == "at":
            self.cursor.take()

    def _typed(self, text: str | None, string: Token) -> tuple[Literal | None, list[str]]:
        mark = self.cursor.take()
        comments = [*string.trailing, *mark.leading, *mark.trailing, *self.cursor.peek().leading]
        if self.cursor.peek().kind not in {"iri", "name", "open_iri"}:
            raise self.cursor.fail("a datatype, such as xsd:date,")
        datatype = self.iri()
        if text is None or datatype is None:
            return None, comments
        if datatype == XSD.string:
            return Literal(text), comments
        return Literal(text, datatype=datatype, normalize=False), comments

    def _check_language(self, tag: Token) -> None:
        following = self.cursor.peek()
        if following.offset == tag.end and following.text.startswith("_"):
            self.cursor.take()
            right = f"{tag.text}-{following.text[1:]}"
            self.cursor.note(tag.offset, f"A language tag has hyphens, not underlines: write {right}.")

    def _name(self, token: Token) -> URIRef | None:
        prefix, _, local = token.text.partition(":")
        namespace = self.document.prefixes.get(prefix)
        if namespace is None:
            if prefix not in self._undeclared:
                self.cursor.note(token.offset, undeclared(prefix))
            self._undeclared.add(prefix)
            namespace = known_namespace(prefix)
        return None if namespace is None else URIRef(namespace + local_text(local))
