"""Turn whatever goes wrong into one body: JSON for a program, a page for a browser."""

import logging
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from fsp.errors import FspError, GoneError
from fsp.web.negotiation import prefers_html

__all__ = ["RETRY_AFTER", "describe", "init_app"]

RETRY_AFTER = "5"
_PLACES = ("line", "column", "limit", "parameter", "successor")
_UNAVAILABLE = 503
_WORDS = {
    404: "There is nothing at this address.",
    405: "This address does not take the method {method}: see the header Allow.",
    408: "The request did not arrive in time.",
    413: "The request is larger than the service reads.",
}
"""In place of the framework's own texts for people who type addresses."""
_log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Register one handler for each kind of error."""
    app.register_error_handler(FspError, _handle_own)
    app.register_error_handler(HTTPException, _handle_http)
    app.register_error_handler(Exception, _handle_unknown)


def describe(error: FspError) -> dict[str, Any]:
    """Return what is known of an error: its text, and its line, column, limit, parameter or successor."""
    known = {name: getattr(error, name, None) for name in _PLACES}
    return {"message": str(error), **{name: value for name, value in known.items() if value is not None}}


def _handle_own(error: FspError) -> Response:
    if error.status == FspError.status:
        return _handle_unknown(error)
    response = _respond(error.status, describe(error))
    if error.status == _UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_AFTER
    if isinstance(error, GoneError) and error.successor:
        response.headers["Link"] = f'<{error.successor}>; rel="successor-version"'  # RFC 5829, section 3.3
    return response


def _handle_http(error: HTTPException) -> Response:
    """Keep the status and headers of an error of HTTP itself, such as `Allow` or `Location`."""
    status = error.code or 500
    if status < 400:  # noqa: PLR2004 - a redirect is no error
        return make_response(error)
    text = _WORDS.get(status, error.description or error.name).format(method=request.method)
    response = _respond(status, {"message": text})
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _handle_unknown(error: Exception) -> Response:
    """Log an error that nobody foresaw; its text may hold what is none of the caller's business."""
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _respond(500, {"message": "The service failed. It is our fault: the failure is logged."})


def _respond(status: int, error: dict[str, Any]) -> Response:
    if prefers_html(request.headers.get("Accept", "")):
        response = make_response(render_template("error.html", status=status, error=error))
    else:
        response = jsonify({"ok": False, "error": error["message"], "errors": [error], "status": status})
    response.status_code = status
    return response
