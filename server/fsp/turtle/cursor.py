"""A walk over the tokens of a text, which notes what is wrong on the way."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from fsp.turtle.slips import slip
from fsp.turtle.tokens import Token, tokens

__all__ = ["MOST_FAULTS", "Cursor", "Fault", "Lines", "SkippedError", "TooManyError"]

MOST_FAULTS = 100
"""How many faults are told of one text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a text.

    Attributes:
        offset: code points of the text before it.
        message: what is wrong and what was expected.
    """

    offset: int
    message: str


class SkippedError(Exception):
    """The rest of a statement makes no sense; the fault is noted."""


class TooManyError(Exception):
    """So much is wrong that reading on helps nobody."""


class Lines:
    """The lines of a text.

    Args:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        """The offset of the first character of each line."""
        starts = [0]
        found = self.text.find("\n")
        while found >= 0:
            starts.append(found + 1)
            found = self.text.find("\n", found + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both counted from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; one past the end of the text is the end."""
        return min(self.starts[min(line, len(self.starts)) - 1] + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")


class Cursor:
    """A walk over the tokens of a text.

    Args:
        text: Turtle or TriG.

    Attributes:
        faults: what was wrong so far.
        is_in_graph: whether a graph of TriG is open, which } ends.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = Lines(text)
        self.faults: list[Fault] = []
        self.is_in_graph = False
        self._tokens = list(tokens(text))
        self._position = 0

    def peek(self, ahead: int = 0) -> Token:
        """Return the next token, or one after it, without taking it."""
        return self._tokens[min(self._position + ahead, len(self._tokens) - 1)]

    def take(self) -> Token:
        """Return the next token and go past it."""
        token = self.peek()
        self._position = min(self._position + 1, len(self._tokens) - 1)
        return token

    def insert(self, mark: str, offset: int) -> None:
        """Put a mark before the next token, as if the text had it there."""
        self._tokens.insert(self._position, Token("mark", mark, offset))

    def at(self, *marks: str) -> bool:
        """Tell whether the next token is one of these marks."""
        token = self.peek()
        return token.kind == "mark" and token.text in marks

    @property
    def before(self) -> Token:
        """The token that was taken last."""
        return self._tokens[max(self._position - 1, 0)]

    def comments_since(self, token: Token) -> list[str]:
        """Return the comments at all tokens from one on to the one that was taken last, but not those after that."""
        taken = self._tokens[self._tokens.index(token, max(0, self._position - 20)) : self._position]
        found = [text for one in taken for text in (*one.leading, *one.trailing)]
        return found[: len(found) - len(self.before.trailing)]

    def begins_line(self) -> bool:
        """Tell whether the next token is the first on its line."""
        if not self._position:
            return True
        return "\n" in self.text[self.before.end : self.peek().offset]

    def column(self, token: Token) -> int:
        """Return the column of a token, counted from 1."""
        return self.lines.place(token.offset)[1]

    def note(self, offset: int, message: str) -> None:
        """Note a fault and go on.

        Raises:
            TooManyError: there are as many as one report holds.
        """
        self.faults.append(Fault(offset, message))
        if len(self.faults) >= MOST_FAULTS:
            raise TooManyError

    def fail(self, expected: str) -> SkippedError:
        """Note that the next token cannot stand where it does, for the caller to raise what this returns."""
        token = self.peek()
        if self.is_in_graph and token.text == "}":
            self.note(token.offset, f"}} ends the graph here, but {expected} was expected before it.")
        else:
            self.note(token.offset, slip(token, expected, self.text[token.offset : token.offset + 40]))
        return SkippedError()

    def skip_statement(self, column: int, start: int, closing: str = "") -> None:
        """Go past what is left of a statement: to its `.`, or to what stands where the statement began on its line.

        Args:
            column: the column in which the statement began.
            start: its offset, so that at least one token is passed.
            closing: a bracket that ends what the statement stands in, and is not passed.
        """
        while self.peek().kind != "end":
            if self.peek().offset > start and self.begins_line() and self.column(self.peek()) <= column:
                return
            if self.peek().text == closing:
                return
            if self.take().text == ".":
                return
