"""The headers of every answer: open to other origins, closed to what a page might be tricked into."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

__all__ = ["init_app"]

_EVERY = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "Allow, Content-Encoding, ETag, Fsp-Changed, Fsp-Conforms, Fsp-Rows, Fsp-Truncated, Link, Retry-After",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)
_PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Encoding, Content-Type, If-None-Match, X-Requested-With"
    ),
    "Access-Control-Max-Age": "86400",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def init_app(app: Flask) -> None:
    """Add the headers to every answer of an application, errors included."""
    app.before_request(_answer_options)
    app.after_request(_add)
    application = app.wsgi_app

    def add_fixed(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:  # noqa: ANN401
            return start_response(status, [*headers, *_EVERY], *error)

        return application(environ, start)

    app.wsgi_app = add_fixed  # type: ignore[method-assign]


def _answer_options() -> Response | None:
    """Answer OPTIONS also where there is nothing: a page of another origin can read the 404 only after a preflight."""
    if request.method != "OPTIONS" or not isinstance(request.routing_exception, NotFound):
        return None
    return Response(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})


def _add(response: Response) -> Response:
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
        if response.allow:
            response.headers["Access-Control-Allow-Methods"] = response.allow.to_header()
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Security-Policy", _POLICY)
    if response.status_code >= 400:  # noqa: PLR2004 - the first status that is an error
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(("Accept",))
    return response
