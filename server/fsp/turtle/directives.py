"""Read the directives of Turtle: prefixes and base (Turtle 1.1, section 2.4)."""

from fsp.turtle.nodes import NodeReader

__all__ = ["DirectiveReader"]


class DirectiveReader(NodeReader):
    """Reads directives.

    Args:
        text: Turtle or TriG.
        base: what relative IRIs are resolved against at first; None leaves them as they are.

    Attributes:
        at_top: whether no directive and no statement has come yet.
    """

    def __init__(self, text: str, base: str | None) -> None:
        super().__init__(text, base)
        self.at_top = True

    def directive(self, *, sparql: bool) -> None:
        """Take `@prefix`, `@base` and their forms of SPARQL."""
        cursor, keyword = self.cursor, self.cursor.take()
        is_prefix = keyword.text.lower().endswith("prefix")
        name = self._prefix_name() if is_prefix else None
        if cursor.peek().kind not in {"iri", "open_iri"}:
            raise cursor.fail("an IRI in angle brackets, such as <https://example.org/>,")
        iri = self.iri()
        if sparql and cursor.at("."):
            cursor.note(cursor.take().offset, f"{keyword.text} without @ has no full stop at its end: take it away.")
        elif not sparql and cursor.at("."):
            cursor.take()
        elif not sparql:
            cursor.note(cursor.before.end, f"A full stop is missing here, at the end of {keyword.text}.")
        comments = cursor.comments_since(keyword)
        last = cursor.before
        if name is None:
            comments += last.trailing
            self.base = self.base if iri is None else str(iri)
        else:
            self.document.prefix_comments.setdefault(name, []).extend(last.trailing)
            self.document.prefixes[name] = "" if iri is None else str(iri)
        self.document.header += comments
        self.at_top = False

    def _prefix_name(self) -> str:
        token = self.cursor.peek()
        if token.kind == "word":
            self.cursor.note(token.end, f"A colon is missing here, after the prefix: write {token.text}: instead.")
            return self.cursor.take().text
        if token.kind != "name" or not token.text.endswith(":"):
            raise self.cursor.fail("a prefix with its colon, such as fsp:,")
        return self.cursor.take().text[:-1]
