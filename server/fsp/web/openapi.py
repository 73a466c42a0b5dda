"""The description of the service in OpenAPI 3.1: for programs as JSON and YAML, for people as pages."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import yaml
from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request

from fsp.errors import NotFoundError
from fsp.web.apidocument import describe_api
from fsp.web.operations import Variant, operation
from fsp.web.schemas import PAGE

__all__ = ["init_app"]

blueprint = Blueprint("openapi", __name__)

_EXTENSION = "fsp-openapi"
_JSON = "application/json"
_YAML = "application/yaml"


def init_app(app: Flask) -> None:
    """Register the description and its pages, and describe the files that pages load."""
    app.register_blueprint(blueprint)
    operation("*/*", headers=["ETag"], errors=[404], expand=_each_asset)(app.view_functions["static"])


def _each_asset(template: str) -> Iterator[Variant]:
    folder = Path(current_app.static_folder or "")
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        yield Variant(template.replace("{filename}", name), f"{file.name}, which pages load.")


def _each_group(template: str) -> Iterator[Variant]:
    for name in sorted({rule.endpoint.partition(".")[0] for rule in current_app.url_map.iter_rules()}):
        yield Variant(template.replace("{tag}", name), f"Show the addresses of /{name} in full.")


@blueprint.get("/openapi.json")
@operation({_JSON: {"type": "object"}}, headers=["ETag"])
def document() -> Response:
    """Describe the service in OpenAPI 3.1."""
    return _cacheable(Response(json.dumps(_description(), ensure_ascii=False), content_type=_JSON))


@blueprint.get("/openapi.yaml")
@operation({_YAML: {"type": "object"}}, headers=["ETag"])
def document_as_yaml() -> Response:
    """Describe the service in OpenAPI 3.1, as YAML (RFC 9512)."""
    text = yaml.safe_dump(_description(), sort_keys=False, allow_unicode=True)
    return _cacheable(Response(text, content_type=_YAML))


@blueprint.get("/api")
@operation(PAGE, headers=["ETag"])
def index() -> Response:
    """Show every address of the service, by what it is about."""
    return _cacheable(make_response(render_template("api.html", api=_description(), groups=_groups())))


@blueprint.get("/api/<tag>")
@operation(PAGE, headers=["ETag"], errors=[404], expand=_each_group)
def group(tag: str) -> Response:
    """Show the addresses of one group in full: parameters, bodies and answers."""
    operations = _groups().get(tag)
    if operations is None:
        raise NotFoundError(f"There is no group '{tag}'. Groups are {', '.join(_groups())}.")
    api = _description()
    return _cacheable(make_response(render_template("api_group.html", api=api, tag=tag, operations=operations)))


def _description() -> dict[str, Any]:
    """Return the description, made when it is first asked for: the routes never change meanwhile."""
    extensions = current_app.extensions
    if _EXTENSION not in extensions:
        extensions[_EXTENSION] = describe_api(current_app)
    return {**extensions[_EXTENSION], "servers": [{"url": request.url_root.rstrip("/")}]}


def _groups() -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """Return path, method and operation of every operation, by tag."""
    groups: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    paths = cast("dict[str, dict[str, dict[str, Any]]]", _description()["paths"])
    for address, methods in paths.items():
        for method, described in methods.items():
            groups.setdefault(described["tags"][0], []).append((address, method.upper(), described))
    return dict(sorted(groups.items()))


def _cacheable(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
