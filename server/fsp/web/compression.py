"""Pages, scripts and lists leave compressed where the caller takes gzip (RFC 9110, section 8.4), for slow lines."""

import zlib
from http import HTTPStatus

from flask import Flask, Response, request

from fsp.execution.formats import GRAPH_FORMATS
from fsp.web.negotiation import accepts_gzip

__all__ = ["init_app"]

_COMPRESSIBLE = {
    *("application/json", "image/svg+xml", "text/css", "text/html", "text/javascript", "text/plain"),
    *("application/xml", "application/yaml", "text/csv", "text/tab-separated-values"),
    *(format_.media_type for format_ in GRAPH_FORMATS),
}
_WORTH_IT = 1024
"""Bytes below which nothing is gained."""
_GZIP = 16 + zlib.MAX_WBITS


def init_app(app: Flask) -> None:
    """Compress the answers of an application that are whole; what streams, or is encoded already, stays as it is."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in _COMPRESSIBLE or "Content-Encoding" in response.headers:
        return response
    is_part = response.status_code == HTTPStatus.PARTIAL_CONTENT  # of the bytes as they are
    if is_part or (response.is_streamed and not response.direct_passthrough):
        return response
    response.vary.update(("Accept-Encoding",))
    if not accepts_gzip(request.headers.get("Accept-Encoding", "")):
        return response
    response.direct_passthrough = False  # a file of ours, which is small
    content = response.get_data()
    if len(content) < _WORTH_IT:
        return response
    compressor = zlib.compressobj(wbits=_GZIP)
    response.set_data(compressor.compress(content) + compressor.flush())
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag is not None:
        response.set_etag(tag, weak=True)  # the same content in other bytes (section 8.8.1)
    return response
