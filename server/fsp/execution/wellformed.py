"""Mend or notice what the engine writes into XML although XML cannot hold it so."""

import re

from fsp.errors import NotAcceptableError
from fsp.execution.formats import Format

__all__ = ["wellformed"]

_ASK_OTHERWISE = "cannot be written in XML. Ask for another format, such as JSON, JSON-LD or Turtle."
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_NONCHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")
_NAMELESS_TAG = re.compile(rb"<(?:[^<>:\s]+:[\s>]|xmlns:)")


def wellformed(data: bytes | bytearray, format_: Format) -> bytes | bytearray:
    """Return a piece of an answer as parsers of XML read it, or refuse it where they cannot.

    A carriage return is written as a reference: a parser takes the character itself for a line feed (XML 1.0,
    section 2.11). The engine writes none outside of literals.

    Args:
        data: the piece, in UTF-8.
        format_: the format that it is in; others than XML can hold everything.

    Raises:
        NotAcceptableError: a literal holds a character that XML does not have (XML 1.0, section 2.2), or a property's
            IRI ends in nothing that can be the name of an element (RDF 1.1 XML Syntax, section 2.4).
    """
    if format_.name not in {"xml", "rdf"}:
        return data
    if len(data.translate(None, _CONTROLS)) != len(data) or _NONCHARACTER.search(data):
        raise NotAcceptableError(
            f"A literal of the answer holds a control character or a noncharacter, which {_ASK_OTHERWISE}"
        )
    if format_.name == "rdf" and _NAMELESS_TAG.search(data):
        raise NotAcceptableError(f"A property of the answer has an IRI without a local name, which {_ASK_OTHERWISE}")
    return data.replace(b"\r", b"&#13;")
