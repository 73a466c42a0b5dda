"""The headers of every answer: open to other origins, closed to what a page might be tricked into."""

from flask import Flask, Response, request

__all__ = ["init_app"]

_EVERY = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Allow, Content-Encoding, ETag, Retry-After"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def init_app(app: Flask) -> None:
    """Add the headers to every answer of an application, errors included."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.extend(_EVERY)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
        if response.allow:
            response.headers["Access-Control-Allow-Methods"] = response.allow.to_header()
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = _POLICY
    if response.status_code >= 400:  # noqa: PLR2004 - the first status that is an error
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(("Accept",))
    return response
