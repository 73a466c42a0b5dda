"""From the text of a token to the term that it stands for (Turtle 1.1, section 7.2)."""

import re
from functools import lru_cache

import pyoxigraph as ox

__all__ = ["iri_text", "local_text", "resolve", "string_text"]

_IRI_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_STRING_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def iri_text(text: str) -> str:
    """Return the IRI between angle brackets, with its escapes undone.

    Raises:
        ValueError: an escape stands for a character that no IRI may hold.
    """
    iri = _IRI_ESCAPE.sub(lambda found: _character(found[1] or found[2]), text[1:-1])
    if _NOT_IN_IRI.search(iri):
        raise ValueError("an escape in this IRI stands for a character that no IRI may hold; write %20 for a space")
    return iri


def local_text(text: str) -> str:
    """Return a local name with its backslashes undone; `%` and two digits stay as they are."""
    return _LOCAL_ESCAPE.sub(r"\1", text)


def string_text(text: str) -> str:
    r"""Return what a quoted string stands for.

    Raises:
        ValueError: a backslash is followed by something else than Turtle allows.
    """
    quotes = 3 if text.startswith(('"""', "'''")) else 1
    inner = text[quotes:-quotes]
    return _STRING_ESCAPE.sub(_unescaped, inner) if "\\" in inner else inner


@lru_cache(maxsize=4096)
def resolve(reference: str, base: str) -> str:
    """Return a relative IRI reference as an IRI (RFC 3986, section 5.2).

    Raises:
        ValueError: it cannot be resolved, or is no IRI.
    """
    try:
        quad = next(ox.parse(f"<> <x:p> <{reference}> .", ox.RdfFormat.TURTLE, base_iri=base))
    except SyntaxError as error:
        raise ValueError(f"<{reference}> is no IRI") from error
    return str(quad.object).removeprefix("<").removesuffix(">")


def _unescaped(found: re.Match[str]) -> str:
    if found[3] is None:
        return _character(found[1] or found[2])
    if found[3] not in _SHORT:
        raise ValueError(
            f"\\{found[3]} is no escape: write \\\\ for a backslash itself; allowed are \\n, \\t, \\r, \\b, \\f, "
            "\\\", \\', \\\\, \\uXXXX and \\UXXXXXXXX"
        )
    return _SHORT[found[3]]


def _character(digits: str) -> str:
    code = int(digits, 16)
    if code > _LAST or code in _SURROGATES:
        raise ValueError(f"there is no character with the number {digits}")
    return chr(code)
