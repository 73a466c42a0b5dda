"""Supply the separators that people forget, so that one slip is one fault and what follows is read."""

from fsp.turtle.cursor import Cursor
from fsp.turtle.slips import TERMS
from fsp.turtle.tokens import Token

__all__ = ["begins_term", "property_after_comma", "statement_begins", "supply_separator"]


def begins_term(token: Token) -> bool:
    """Tell whether a token begins a term."""
    return (
        token.kind in TERMS
        or (token.kind == "word" and token.text in {"a", "true", "false"})
        or (token.kind == "mark" and token.text in {"[", "("})
    )


def supply_separator(cursor: Cursor, start: Token, *, nested: bool) -> None:
    """Where a value is followed by no separator, note which one is missing and go on as if it were there.

    Args:
        cursor: stands after a value.
        start: the token with which the statement began.
        nested: whether a bracket is open; where it is not closed, its reader tells that.
    """
    token, end = cursor.peek(), cursor.before.end
    over = _is_directive(token) or (
        begins_term(token) and cursor.begins_line() and cursor.column(token) <= cursor.column(start)
    )
    if nested and (over or token.kind == "end"):
        return
    if token.kind == "word" and token.offset == end and cursor.before.kind in {"string", "long"}:
        cursor.note(end - 1, 'The string ends at this quotation mark. Write \\" for one that belongs to the text.')
        cursor.skip_statement(cursor.column(start), start.offset)
        cursor.insert(".", end)
    elif token.kind == "end":
        line, _ = cursor.lines.place(start.offset)
        cursor.note(end, f"The file ends here, but the statement that begins on line {line} has no full stop.")
        cursor.insert(".", end)
    elif over:
        cursor.note(end, "A full stop is missing here, at the end of the statement.")
        cursor.insert(".", end)
    elif begins_term(token):
        followed = _may_be_property(token) and begins_term(cursor.peek(1))
        if followed:
            cursor.note(end, f"A semicolon is missing here, before the property {token.text}.")
        else:
            cursor.note(end, f"A comma is missing here, before the value {token.text[:40]}.")
        cursor.insert(";" if followed else ",", end)


def statement_begins(cursor: Cursor, start: Token) -> bool:
    """Tell whether a new statement begins here, although the one before ended with a semicolon or comma."""
    return (
        cursor.begins_line()
        and cursor.column(cursor.peek()) <= cursor.column(start)
        and (_is_directive(cursor.peek()) or (_may_be_property(cursor.peek(1)) and begins_term(cursor.peek(2))))
    )


def property_after_comma(cursor: Cursor, token: Token) -> bool:
    """Tell whether what was read as one more value is a property, with its value after it on the line.

    Args:
        cursor: stands after the value.
        token: the value's token.
    """
    return token.kind in {"iri", "name"} and begins_term(cursor.peek()) and not cursor.begins_line()


def _may_be_property(token: Token) -> bool:
    return token.kind in {"iri", "name"} or (token.kind == "word" and token.text == "a")


def _is_directive(token: Token) -> bool:
    return token.kind == "at" and token.text in {"@prefix", "@base"}
