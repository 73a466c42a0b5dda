"""The description of the service for programs: OpenAPI 3.1, made from the code that answers."""

from importlib.metadata import version
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request

from fsp.validation.reports.formats import REPORT_FORMATS
from fsp.web.service import current_service
from fsp.web.uploads import FORMS, MEDIA_TYPES, PASTE_FORMATS
from fsp.web.validate import CONFORMS, UNREADABLE

__all__ = ["describe_api", "init_app"]

blueprint = Blueprint("openapi", __name__)

_TEXTUAL = {"type": "string"}
_BINARY: dict[str, Any] = {}
"""OpenAPI 3.1, section 4.8.14.3: a body of bytes has no schema of its own."""

_ERRORS = {
    "400": "The body is empty, damaged, or nested too deeply; or a field of the form does not fit.",
    "406": "No report in the format that is asked for.",
    "413": "The body is larger than the service reads, or takes more time or memory to check than it may.",
    "415": "The body is in no format that can be read.",
    "503": "Too many checks at a time; the header Retry-After says when to come back.",
}


def init_app(app: Flask) -> None:
    """Register the description."""
    app.register_blueprint(blueprint)


@blueprint.get("/openapi.json")
def document() -> Response:
    """Describe the service."""
    response = jsonify(describe_api(request.url_root.rstrip("/"), current_service().settings.upload))
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def describe_api(address: str, upload: int) -> dict[str, Any]:
    """Return the description as an OpenAPI document.

    Args:
        address: where the service is.
        upload: MiB that can be sent to be checked.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Public service partnerships",
            "version": version("fsp"),
            "description": "Validation of new cases. Nothing that is sent is kept, and no address in it is fetched.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": address}],
        "paths": {"/validate": {"post": _validate(upload)}, "/openapi.json": {"get": _openapi()}},
        "components": {"schemas": {"Error": _error_schema(), "Report": _report_schema()}},
    }


def _validate(upload: int) -> dict[str, Any]:
    bodies: dict[str, Any] = {name: {"schema": _BINARY} for name in MEDIA_TYPES}
    bodies |= {name: {"schema": _form_schema()} for name in sorted(FORMS)}
    report = {
        "headers": {
            CONFORMS: {
                "description": "Whether what was sent conforms.",
                "schema": {"type": "string", "enum": ["true", "false"]},
            }
        },
        "content": {
            one.media_type: {"schema": {"$ref": "#/components/schemas/Report"} if name == "json" else _TEXTUAL}
            for name, one in REPORT_FORMATS.items()
        },
    }
    unreadable = "The report about a file that cannot be read, with the place of each fault."
    return {
        "operationId": "validate",
        "summary": "Check RDF, or a workbook, together with what is published",
        "description": f"Up to {upload} MiB, before and after Content-Encoding gzip. The report is the answer, whether "
        "the file conforms or not.",
        "tags": ["validation"],
        "parameters": [
            {
                "name": "format",
                "in": "query",
                "description": "Format of the report; it outweighs the Accept header. Without either, json.",
                "schema": {"type": "string", "enum": list(REPORT_FORMATS)},
            }
        ],
        "requestBody": {"required": True, "content": bodies},
        "responses": {
            "200": {"description": "The report.", **report},
            str(UNREADABLE): {"description": unreadable, **report},
            **{status: _error(text) for status, text in _ERRORS.items()},
        },
    }


def _openapi() -> dict[str, Any]:
    return {
        "operationId": "describe",
        "summary": "This description",
        "tags": ["description"],
        "responses": {
            "200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"type": "object"}}}}
        },
    }


def _form_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "file": {"type": "array", "items": _BINARY, "description": "Files; the ending of a name tells the format."},
            "text": {"type": "string", "description": "Pasted text."},
            "input-format": {"type": "string", "enum": ["", *PASTE_FORMATS], "description": "Its format; else found."},
            "format": {"type": "string", "enum": ["", *REPORT_FORMATS], "description": "Format of the report."},
        },
    }


def _error(text: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {"description": text, "content": content}


def _error_schema() -> dict[str, Any]:
    """Return what every error looks like; see `fsp.web.errors`."""
    places = {"line": "integer", "column": "integer", "limit": "string", "parameter": "string"}
    item = {
        "type": "object",
        "required": ["message"],
        "properties": {"message": _TEXTUAL, **{name: {"type": kind} for name, kind in places.items()}},
    }
    return {
        "type": "object",
        "required": ["ok", "error", "errors", "status"],
        "properties": {
            "ok": {"const": False},
            "error": {"type": "string", "description": "What is wrong and what to do next."},
            "errors": {"type": "array", "items": item},
            "status": {"type": "integer"},
        },
    }


def _report_schema() -> dict[str, Any]:
    """Return what the report in JSON always has; see `fsp.validation.reports.as_json`."""
    return {
        "type": "object",
        "required": ["conforms", "readable", "checked", "summary", "files", "counts", "findings", "remarks"],
        "properties": {
            "conforms": {"type": "boolean"},
            "readable": {"type": "boolean"},
            "checked": {"type": "integer", "description": "How many things some shape was about."},
            "summary": _TEXTUAL,
            "files": {"type": "array", "items": _TEXTUAL},
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            "findings": {"type": "array", "items": {"type": "object"}},
            "remarks": {"type": "array", "items": {"type": "object"}},
        },
    }
