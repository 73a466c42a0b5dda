"""Read N-Triples and N-Quads (RDF 1.1) line by line: each line is right or wrong for itself."""

from rdflib import BNode
from rdflib.namespace import XSD
from rdflib.term import Node

from fsp.turtle.cursor import SkippedError, TooManyError
from fsp.turtle.nodes import NodeReader
from fsp.turtle.tokens import Token
from fsp.validation.reading import MOST_FAULTS, Fault, Lines, Reading

__all__ = ["read_ntriples"]


def read_ntriples(text: str, *, quads: bool) -> Reading:
    """Read a text; the graphs of N-Quads are not kept apart.

    Args:
        text: N-Triples, or N-Quads.
        quads: whether a statement may name its graph.
    """
    reading, lines, blanks = Reading(), Lines(text), dict[str, BNode]()
    for number, start in enumerate(lines.starts, 1):
        line = _LineReader(lines.line(number), blanks)
        try:
            found = line.statement(quads=quads)
        except (SkippedError, TooManyError):
            found = None
        reading.faults += [Fault(start + fault.offset, fault.message) for fault in line.cursor.faults]
        if found is not None and not line.cursor.faults:
            (subject, predicate, value), (first, second, third) = found
            reading.triples.setdefault((subject, predicate, value), (start + first, start + second, start + third))
        if len(reading.faults) >= MOST_FAULTS:
            break
    return reading


class _LineReader(NodeReader):
    def __init__(self, line: str, blanks: dict[str, BNode]) -> None:
        super().__init__(line, None)
        self._blanks = blanks

    def statement(self, *, quads: bool) -> tuple[tuple[Node, Node, Node], tuple[int, int, int]] | None:
        """Read the line; None where there is nothing on it."""
        if self.cursor.peek().kind == "end":
            return None
        tokens = []
        terms = []
        for expected, kinds in (
            ("a subject (an IRI or a blank node)", {"iri", "blank"}),
            ("a property (an IRI)", {"iri"}),
            ("a value", {"iri", "blank", "string"}),
        ):
            tokens.append(self.cursor.peek().offset)
            terms.append(self._term(expected, kinds))
        if quads and self.cursor.peek().kind in {"iri", "blank"}:
            self._term("a graph", {"iri", "blank"})
        if not self.cursor.at("."):
            raise self._missing_stop(quads=quads)
        self.cursor.take()
        if self.cursor.peek().kind != "end":
            raise self.cursor.fail("the end of the line")
        subject, predicate, value = terms
        if subject is None or predicate is None or value is None:
            return None
        return (subject, predicate, value), (tokens[0], tokens[1], tokens[2])

    def _missing_stop(self, *, quads: bool) -> SkippedError:
        token = self.cursor.peek()
        if token.kind == "end":
            self.cursor.note(self.cursor.before.end, "A full stop is missing here, at the end of the line.")
            return SkippedError()
        if not quads and token.kind in {"iri", "blank"}:
            self.cursor.note(token.offset, "A fourth term is the name of a graph: name the file .nq, or take it away.")
            return SkippedError()
        return self.cursor.fail("a full stop at the end of the line")

    def _term(self, expected: str, kinds: set[str]) -> Node | None:
        token = self.cursor.peek()
        if token.kind not in kinds:
            raise self._wrong(token, expected)
        if token.kind == "iri":
            iri = self.iri()
            if iri is not None and ":" not in iri:
                self.cursor.note(token.offset, f"<{iri}> is a relative IRI; N-Triples has whole ones only.")
            return iri
        if token.kind == "blank":
            return self.blank()
        if token.text.startswith("'"):
            self.cursor.note(token.offset, 'N-Triples has double quotation marks only: write "…".')
        literal, _ = self.string()
        if literal is not None and literal.datatype == XSD.string:  # pragma: no cover - the reader leaves it out
            return None
        return literal

    def _wrong(self, token: Token, expected: str) -> SkippedError:
        if token.kind == "name":
            self.cursor.note(
                token.offset,
                f"{token.text} has a prefix, which N-Triples does not have. Write the whole IRI in angle brackets, or "
                "name the file .ttl.",
            )
            return SkippedError()
        if token.text in {"@prefix", "@base"} or token.text.lower() in {"prefix", "base"}:
            self.cursor.note(
                token.offset, f"N-Triples has no {token.text}: this looks like Turtle. Name the file .ttl."
            )
            return SkippedError()
        if token.kind in {"integer", "decimal", "double"}:
            kind = token.kind
            self.cursor.note(
                token.offset, f'Write the number as a string with its type: "{token.text}"^^<{XSD}{kind}>.'
            )
            return SkippedError()
        return self.cursor.fail(expected)
