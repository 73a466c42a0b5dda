"""Read Turtle and TriG (RDF 1.1) with comments and places, and past whatever is wrong."""

from rdflib import BNode, Literal
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from fsp.quiet import quiet
from fsp.turtle.cursor import Fault, SkippedError, TooManyError
from fsp.turtle.directives import DirectiveReader
from fsp.turtle.document import Document, Property, Value
from fsp.turtle.repair import property_after_comma, statement_begins, supply_separator
from fsp.turtle.tokens import Token

__all__ = ["DEEPEST", "read_turtle"]

DEEPEST = 100
"""How deep `[ ]` and `( )` may be nested."""

_LITERALS = {"string", "long", "integer", "decimal", "double"}
_SUBJECT = "a subject (the thing that a statement is about)"


def read_turtle(text: str, *, base: str | None = None, trig: bool = False) -> tuple[Document, list[Fault]]:
    """Read a text.

    Args:
        text: Turtle, or TriG.
        base: what relative IRIs are resolved against; without it those before any `@base` stay as they are.
        trig: take TriG's named graphs too; their triples go with the others.

    Returns:
        The document, and what is wrong with the text. Where something is, the document holds the rest.
    """
    reader = _Reader(text, base)
    with quiet():
        reader.read(trig=trig)
    return reader.document, reader.cursor.faults


class _Reader(DirectiveReader):
    def __init__(self, text: str, base: str | None) -> None:
        super().__init__(text, base)
        self._depth = 0
        self._start = self.cursor.peek()
        self._former: tuple[Node | None, Token] | None = None

    def read(self, *, trig: bool) -> None:
        try:
            while self.cursor.peek().kind != "end":
                self._start = self.cursor.peek()
                try:
                    self._statement(trig=trig)
                except SkippedError:
                    self._depth = 0
                    self.cursor.skip_statement(self.cursor.column(self._start), self._start.offset)
        except TooManyError:
            return
        self.document.footer += self.cursor.peek().leading

    def _statement(self, *, trig: bool) -> None:
        token = self._start
        word = token.text.lower()
        if token.kind == "at" and token.text in {"@prefix", "@base"}:
            self.directive(sparql=False)
        elif token.kind == "word" and word in {"prefix", "base"}:
            self.directive(sparql=True)
        elif trig and self._begins_graph():
            self._graph()
        else:
            self._triples()
            self._expect(".", "a full stop")

    def _expect(self, mark: str, words: str) -> Token:
        if not self.cursor.at(mark):
            raise self.cursor.fail(words)
        return self.cursor.take()

    # Graphs of TriG (RDF 1.1 TriG, section 2.2)

    def _names_graph(self) -> bool:
        anonymous = self.cursor.at("[") and self.cursor.peek(1).text == "]"
        return self.cursor.peek(2 if anonymous else 1).text == "{"

    def _begins_graph(self) -> bool:
        return self.cursor.at("{") or self.cursor.peek().text.lower() == "graph" or self._names_graph()

    def _graph(self) -> None:
        cursor = self.cursor
        if cursor.peek().kind == "word":
            cursor.take()
        if not cursor.at("{"):
            self._node("the name of a graph")
        opening = self._expect("{", "{ before the triples of the graph")
        cursor.is_in_graph = True
        self._graph_triples(opening)
        cursor.is_in_graph = False

    def _graph_triples(self, opening: Token) -> None:
        """Read what stands in a graph, and the bracket that closes it."""
        cursor = self.cursor
        while not cursor.at("}"):
            self._start = cursor.peek()
            if self._start.kind == "end" or self._begins_graph():
                cursor.note(opening.offset, "The graph that { opens here has no } at its end.")
                return
            try:
                self._triples()
                if not cursor.at("}"):
                    self._expect(".", "a full stop, or } at the end of the graph,")
            except SkippedError:
                self._depth = 0
                cursor.skip_statement(cursor.column(self._start), self._start.offset, closing="}")
        cursor.take()

    # Triples

    def _triples(self) -> None:
        cursor, first = self.cursor, self.cursor.peek()
        if first.kind in _LITERALS:
            cursor.note(
                first.offset, f"{first.text[:40]} cannot be a subject: only things can, not strings or numbers."
            )
            raise SkippedError
        if self._former and self._goes_on(first):
            cursor.note(cursor.before.offset, f"This full stop should be a semicolon: {first.text} is a property.")
            self._properties(*self._former)
            return
        nested = cursor.at("[") and cursor.peek(1).text != "]"
        subject, trailing = self._node(_SUBJECT)
        self._keep_leading(subject, [*first.leading, *trailing])
        if not (nested and cursor.at(".", "}")):
            self._former = (subject, first)
            self._properties(subject, first)

    def _goes_on(self, first: Token) -> bool:
        """Tell whether a statement has no subject, and goes on with the one before as its indent shows."""
        cursor, second, third = self.cursor, self.cursor.peek(1), self.cursor.peek(2)
        if cursor.before.text != "." or self._former is None:
            return False
        if not cursor.begins_line() or cursor.column(first) <= cursor.column(self._former[1]):
            return False
        ends = third.text in {".", ";", ","} and second.kind in {"name", "iri"}
        return first.text == "a" or (first.kind in {"name", "iri"} and (ends or second.kind in _LITERALS))

    def _keep_leading(self, subject: Node | None, leading: list[str]) -> None:
        """Keep the comments before a statement: at the top of a file, those before a blank line are its header."""
        if "" in leading and self.at_top:
            cut = len(leading) - leading[::-1].index("")
            self.document.header += leading[:cut]
            leading = leading[cut:]
        self.at_top = False
        if subject is not None and leading:
            self.document.thing(subject).leading += leading

    def _properties(self, subject: Node | None, first: Token) -> None:
        """Read the properties of a thing, up to what ends them: a full stop or a closing bracket."""
        cursor = self.cursor
        comments: list[str] = []
        predicate = None
        while True:
            verb = cursor.peek()
            predicate = self.predicate()
            comments += verb.leading + verb.trailing
            self._values(subject, predicate, (first.offset, verb.offset), comments)
            comments = []
            while cursor.at(";"):
                mark = cursor.take()
                comments += mark.leading + mark.trailing
            if cursor.before.text != ";" or cursor.at(".", "]", "}") or cursor.peek().kind == "end":
                break
            if statement_begins(cursor, self._start):
                cursor.note(cursor.before.offset, "This semicolon should be a full stop: a new statement follows.")
                cursor.insert(".", cursor.before.end)
                break
        supply_separator(cursor, self._start, nested=self._depth > 0)
        comments += cursor.peek().leading if cursor.at(".", "]") else []
        if comments and subject is not None and predicate is not None:
            self._property(subject, predicate).leading += comments

    def _property(self, subject: Node, predicate: Node) -> Property:
        return self.document.thing(subject).properties.setdefault(predicate, Property())

    def _values(
        self, subject: Node | None, predicate: Node | None, offsets: tuple[int, int], leading: list[str]
    ) -> None:
        """Read the values of a property, and the separators between them."""
        cursor = self.cursor
        more = False
        while True:
            token, comma = cursor.peek(), cursor.before
            node, trailing = self._node("a value")
            if more and property_after_comma(cursor, token):
                cursor.note(comma.offset, f"This comma should be a semicolon: {token.text} is a property, not a value.")
                self._values(subject, node, (offsets[0], token.offset), [*leading, *token.leading])
                return
            leading = [*leading, *token.leading]
            supply_separator(cursor, self._start, nested=self._depth > 0)
            mark = cursor.peek()
            after: list[str] = []
            if cursor.at(",", ";", "."):
                after, mark.trailing = mark.trailing, []
            if subject is not None and predicate is not None and node is not None:
                own, ends = (after, []) if cursor.at(",") else ([], after)
                value = Value(node, leading if more else [], [*trailing, *own], (*offsets, token.offset))
                self.document.add(subject, predicate, value)
                held = self._property(subject, predicate)
                held.leading += [] if more else leading
                held.trailing += ends
            if not cursor.at(","):
                return
            leading, more = list(cursor.take().leading), True

    # Terms

    def _node(self, expected: str) -> tuple[Node | None, list[str]]:
        """Take a term; return it, or None where it is at fault, with the comments inside and after it."""
        token = self.cursor.peek()
        node: Node | None = None
        inner: list[str] = []
        if token.kind in {"string", "long"}:
            node, inner = self.string()
        elif token.kind in {"integer", "decimal", "double"}:
            node = self.number()
        elif token.kind in {"iri", "name", "open_iri"}:
            node = self.iri()
        elif token.kind == "blank":
            node = self.blank()
        elif token.kind in {"open_string", "open_long", "curly"}:
            self.broken_string()
        elif token.kind == "word" and token.text in {"true", "false"} and expected != _SUBJECT:
            node = Literal(self.cursor.take().text, datatype=XSD.boolean, normalize=False)
        elif self.cursor.at("[", "("):
            node, inner = self._nested()
        else:
            raise self.cursor.fail(expected)
        return node, [text for text in (*inner, *self.cursor.before.trailing) if text]

    def _nested(self) -> tuple[Node, list[str]]:
        self._depth += 1
        if self._depth > DEEPEST:
            self.cursor.note(self.cursor.peek().offset, f"Brackets are nested more than {DEEPEST} deep.")
            raise TooManyError
        found = self._anonymous() if self.cursor.at("[") else self._list()
        self._depth -= 1
        return found

    def _anonymous(self) -> tuple[Node, list[str]]:
        opening, node = self.cursor.take(), BNode()
        if self.cursor.at("]"):
            return node, [*opening.trailing, *self.cursor.take().leading]
        self.document.thing(node)
        self.cursor.peek().leading[:0] = opening.trailing
        self._properties(node, opening)
        self._expect("]", "a semicolon and a property, or ] at the end,")
        return node, []

    def _list(self) -> tuple[Node, list[str]]:
        """Take a collection (Turtle 1.1, section 2.8)."""
        opening = self.cursor.take()
        self.cursor.peek().leading[:0] = opening.trailing
        items: list[Value] = []
        while not self.cursor.at(")"):
            token = self.cursor.peek()
            node, trailing = self._node("a value, or ) at the end of the list,")
            if self.cursor.at(","):
                self.cursor.note(self.cursor.take().offset, "The items of a list have only a space between them.")
            if node is not None:
                offsets = (opening.offset, token.offset, token.offset)
                items.append(Value(node, list(token.leading), trailing, offsets))
        closing = self.cursor.take()
        if not items:
            return RDF.nil, closing.leading
        items[-1].leading += closing.leading
        cells = [BNode() for _ in items]
        for cell, item, rest in zip(cells, items, [*cells[1:], RDF.nil], strict=True):
            self.document.add(cell, RDF.first, item)
            self.document.add(cell, RDF.rest, Value(rest, offsets=item.offsets))
        return cells[0], []
