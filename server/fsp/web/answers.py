"""Send the answer to a query: streamed, compressed when asked, with a validator so that it need not be sent twice."""

import hashlib
import logging
import zlib
from collections.abc import Callable, Iterator

from flask import Response, request

from fsp.errors import FspError
from fsp.execution.interface import Answer, QueryRequest
from fsp.execution.tokens import is_cacheable
from fsp.web.hangup import is_gone
from fsp.web.negotiation import accepts_gzip
from fsp.web.service import current_service

__all__ = ["respond"]

_GZIP = 16 + zlib.MAX_WBITS
_LEVEL = 4
_log = logging.getLogger(__name__)


def respond(query: QueryRequest, edit: Callable[[bytes], bytes] | None = None) -> Response:
    """Answer a query, or say that the caller's copy is still right (RFC 9110, section 13).

    Args:
        query: the query.
        edit: changes the body, which is read as a whole for it: for short answers only.

    Raises:
        FspError: as `Executor.execute`.
    """
    gzip = accepts_gzip(request.headers.get("Accept-Encoding", ""))
    tag = _entity_tag(query, gzip=gzip)
    if tag is not None and tag in request.if_none_match.as_set(include_weak=True):
        return _with_validators(Response(status=304), tag)
    answer = current_service().executor.execute(query, is_gone(request.environ))
    if tag is not None and request.if_none_match.star_tag:
        answer.close()
        return _with_validators(Response(status=304), tag)
    response = Response(_body(answer, edit, gzip=gzip), content_type=answer.format.content_type)
    response.call_on_close(answer.close)
    if request.method == "HEAD":
        answer.close()  # nobody will read it
    if gzip:
        response.headers["Content-Encoding"] = "gzip"
    return _with_validators(response, tag)


def _entity_tag(query: QueryRequest, *, gzip: bool) -> str | None:
    """Return a strong validator for the bytes of an answer; None for one that may differ each time it is asked.

    It holds before the query runs: the same query over the same data in the same format gives the same solutions.
    """
    digest = current_service().executor.digest
    if digest is None or request.method == "POST" or not is_cacheable(query.query):
        return None
    parts = (
        digest,
        query.query,
        query.solutions.name if query.solutions else "",
        query.graph.name if query.graph else "",
        "gzip" if gzip else "",
        "\n".join(query.default_graphs),
        "\n".join(query.named_graphs),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _with_validators(response: Response, tag: str | None) -> Response:
    response.headers["Vary"] = "Accept, Accept-Encoding"
    if tag is None:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers["Cache-Control"] = "public, no-cache"
        response.set_etag(tag)
    return response


def _body(answer: Answer, edit: Callable[[bytes], bytes] | None, *, gzip: bool) -> bytes | Iterator[bytes]:
    """Return the body at once where it is known already, so that it goes with its length."""
    whole = edit(b"".join(answer)) if edit else answer.whole
    if whole is None:
        return _stream(answer, gzip=gzip)
    return zlib.compress(whole, _LEVEL, _GZIP) if gzip else whole


def _stream(answer: Answer, *, gzip: bool) -> Iterator[bytes]:
    """Yield the bytes of an answer. A failure goes on to the web server, which then breaks the connection off."""
    try:
        yield from _compress(answer) if gzip else answer
    except FspError as error:
        _log.warning("An answer was broken off: %s", error)
        raise


def _compress(chunks: Answer) -> Iterator[bytes]:
    """Compress a stream; what it begins with leaves at once."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for number, chunk in enumerate(chunks):
        compressed = compressor.compress(chunk)
        if number == 0:
            compressed += compressor.flush(zlib.Z_SYNC_FLUSH)
        if compressed:
            yield compressed
    yield compressor.flush()
