"""Read the query that a request carries (SPARQL 1.1 Protocol, section 2.1)."""

import codecs
import math
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Request
from werkzeug.exceptions import UnsupportedMediaType

from fsp.errors import InputError, ParameterError, RefusedError, TooLargeError

__all__ = ["FORM", "LEAST_TIMEOUT", "QUERY", "UPDATE", "ProtocolRequest", "read_request", "read_timeout"]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

LEAST_TIMEOUT = 0.1
"""The fewest seconds that a caller may allow: in less, nothing can be answered."""

_MOST_PARAMETERS = 1000
_BYTE_ORDER_MARK = "\ufeff"
_FORMAT_PARAMETERS = ("format", "output", "results")
_READ_ONLY = "This service only answers queries: it takes no updates. Its data change where they are published."

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ProtocolRequest:
    """What a request to the endpoint asks.

    Attributes:
        query: the text of the query; None where the request has none.
        default_graphs: IRIs of `default-graph-uri`.
        named_graphs: IRIs of `named-graph-uri`.
        timeout: seconds that the caller allows.
        formats: formats named outright, in the order in which they count.
        bare: whether the request asks for nothing but a format, and so for the service description.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    timeout: float | None
    formats: tuple[str, ...]
    bare: bool


def read_request(request: Request, *, query_size: int, suffix: str | None = None) -> ProtocolRequest:
    """Read a request to the SPARQL endpoint.

    Args:
        request: GET, HEAD, or POST with a form or with the query itself as its body.
        query_size: the most bytes that a query may have, in UTF-8.
        suffix: the format that the path's suffix names.

    Raises:
        InputError: a parameter or the body cannot be used.
        RefusedError: the request carries an update.
        TooLargeError: the query is too long.
        UnsupportedMediaType: the body is neither a form nor a query.
    """
    parameters = _decode(request.query_string)
    if request.method == "POST":
        parameters += _read_body(request)
    given = {name for name, _ in parameters}
    if "update" in given:
        raise RefusedError(_READ_ONLY)
    query = _single(parameters, "query")
    if query is not None:
        query = query.removeprefix(_BYTE_ORDER_MARK)
    if query is not None and len(query.encode()) > query_size:
        raise TooLargeError(f"The query is longer than {query_size:,} bytes, which is the most that is read here.")
    return ProtocolRequest(
        query=query,
        default_graphs=_iris(parameters, "default-graph-uri"),
        named_graphs=_iris(parameters, "named-graph-uri"),
        timeout=read_timeout(_single(parameters, "timeout")),
        formats=((suffix,) if suffix else ()) + _all(parameters, _FORMAT_PARAMETERS),
        bare=request.method != "POST" and not given.difference(_FORMAT_PARAMETERS),
    )


def _read_body(request: Request) -> Parameters:
    """Return the parameters of a form, or the body as the one parameter `query`."""
    if request.mimetype == UPDATE:
        raise RefusedError(_READ_ONLY)
    if request.mimetype not in {FORM, QUERY} or request.content_encoding:
        raise UnsupportedMediaType(
            f"A POST carries either a form ({FORM}) or the query itself ({QUERY}), and is not compressed. "
            "Set the header Content-Type to say which."
        )
    charset = request.mimetype_params.get("charset", "utf-8")
    if not _is_utf8(charset):
        raise InputError(f"The body has the charset '{charset}': send it as UTF-8.")
    body = request.get_data(cache=False)
    return _decode(body) if request.mimetype == FORM else [("query", _utf8(body))]


def _decode(encoded: bytes) -> Parameters:
    """Decode `application/x-www-form-urlencoded`, once."""
    if encoded.count(b"&") >= _MOST_PARAMETERS:
        raise InputError(f"There are more than {_MOST_PARAMETERS} parameters.")
    pairs = (field.partition(b"=") for field in encoded.split(b"&") if field)
    return [(_unquote(name), _unquote(value)) for name, _, value in pairs]


def _unquote(text: bytes) -> str:
    """Decode %-escapes and `+`, in a few calls: the standard library's way holds up every thread for a large query."""
    # Written as Python writes a byte, the escapes are decoded by its own codec.
    escapes = text.replace(b"+", b" ").replace(b"\\", b"\\\\").replace(b"%", b"\\x")
    try:
        decoded = escapes.decode("unicode-escape").encode("latin-1")
    except UnicodeDecodeError as error:
        raise InputError("A parameter holds a % that begins no escape, such as %20. Write %25 for the sign.") from error
    return _utf8(decoded)


def _utf8(encoded: bytes) -> str:
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"The request is not UTF-8: byte {error.start + 1} of a value cannot be decoded.") from error


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name in {"utf-8", "ascii"}
    except LookupError:
        return False


def _all(parameters: Parameters, names: Iterable[str]) -> tuple[str, ...]:
    """Return the values of some parameters that are not empty, in the order of the names."""
    return tuple(value for name in names for key, value in parameters if key == name and value)


def _single(parameters: Parameters, name: str) -> str | None:
    values = [value for key, value in parameters if key == name]
    if len(values) > 1:
        raise ParameterError(f"There is more than one '{name}': send exactly one.", parameter=name)
    return values[0] if values else None


def _iris(parameters: Parameters, name: str) -> tuple[str, ...]:
    iris = _all(parameters, (name,))
    for iri in iris:
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise ParameterError(f"'{name}' is not an absolute IRI: {iri}", parameter=name) from error
    return iris


def read_timeout(text: str | None) -> float | None:
    """Return the seconds that a caller allows; None where none are given."""
    if not text:
        return None
    try:
        seconds = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        seconds = math.nan
    if not LEAST_TIMEOUT <= seconds < math.inf:
        raise ParameterError(
            f"'timeout' is a number of seconds from {LEAST_TIMEOUT} up, such as 2.5.", parameter="timeout"
        )
    return seconds
