"""Put the description in OpenAPI 3.1 together, from the routes and from what their views say of themselves."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from fsp.settings import Settings
from fsp.web.operations import OPERATIONS, Operation, Parameter, Schema, Variant, header
from fsp.web.schemas import HEADERS, SCHEMAS, error_response, usual_schema
from fsp.web.service import current_service

__all__ = ["UndescribedError", "describe_api", "path_of"]

_VARIABLE = re.compile(r"<(?:[^<>]*:)?(\w+)>")
_SECTION = re.compile(r"\n\s*(?:Args|Returns|Raises|Yields):")
_AUTOMATIC = {"HEAD", "OPTIONS"}
_REDIRECTS = {301, 302, 303, 307, 308}
_LEADS_ON = {"headers": {"Location": {"$ref": "#/components/headers/Location"}}}
_ABOUT = """\
Who works with whom in public services, in what role, under which contract, and what came of it: as linked open data.

The service only reads. Nothing that is sent is kept, and no address in it is fetched. HEAD works where GET does, and
OPTIONS everywhere. Pages of any origin may read every answer. Errors have one body, as JSON; a browser gets a page.
"""


class UndescribedError(LookupError):
    """A route has no `operation`."""


def describe_api(app: Flask) -> dict[str, Any]:
    """Return the description as an OpenAPI document; called within the application's context.

    Args:
        app: the application, with all its routes.

    Raises:
        UndescribedError: a view does not describe itself.
    """
    paths: dict[str, dict[str, Any]] = {}
    tags: dict[str, str] = {}
    statuses: set[int] = set()
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        tag = rule.endpoint.partition(".")[0]
        tags.setdefault(tag, _first(inspect.getdoc(inspect.getmodule(view)) or "Files that the pages load."))
        for method, described in _operations(rule, view):
            statuses |= set(_statuses(described))
            for variant in _variants(rule, view, described):
                content = {"tags": [tag], **_operation(rule, method, described, variant)}
                paths.setdefault(variant.path, {})[method.lower()] = content
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Public service partnerships",
            "version": version("fsp"),
            "description": _ABOUT + _limits(current_service().settings),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "tags": [{"name": name, "description": text} for name, text in sorted(tags.items())],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "headers": HEADERS,
            "responses": {f"Error{status}": error_response(status) for status in sorted(statuses)},
        },
    }


def _limits(settings: Settings) -> str:
    return (
        f"\nA query may take {settings.timeout:g} seconds, and {settings.upload} MiB can be sent to be checked, before "
        "and after Content-Encoding gzip.\n"
    )


def path_of(rule: Rule) -> str:
    """Return a rule's path as OpenAPI writes it: `/queries/{name}`."""
    return _VARIABLE.sub(r"{\1}", rule.rule)


def _operations(rule: Rule, view: Callable[..., Any]) -> Iterator[tuple[str, Operation]]:
    """Yield each method of a rule with its description."""
    described: tuple[Operation, ...] = getattr(view, OPERATIONS, ())
    for method in sorted((rule.methods or set()) - _AUTOMATIC):
        found = [one for one in described if not one.methods or method in one.methods]
        if not found:
            raise UndescribedError(f"{method} {rule.rule}: put @operation(…) of fsp.web.operations below its route.")
        yield method, found[0]


def _variants(rule: Rule, view: Callable[..., Any], described: Operation) -> Iterable[Variant]:
    path = path_of(rule)
    if described.expand is not None:
        return described.expand(path)
    text = _SECTION.split(inspect.getdoc(view) or "")[0]
    summary, _, description = text.partition("\n\n")
    return (Variant(path, described.summary or _joined(summary), _joined(description)),)


def _operation(rule: Rule, method: str, described: Operation, variant: Variant) -> dict[str, Any]:
    produces = described.produces if variant.produces is None else variant.produces
    content: dict[str, Any] = {
        "operationId": re.sub(r"\W+", "_", f"{method.lower()}{variant.path}"),
        "summary": variant.summary,
        "description": variant.description,
        "parameters": list(_parameters(rule, described, variant)),
        "responses": _responses(described, produces),
    }
    if described.body and method != "GET":
        content["requestBody"] = {"required": True, "content": _content(described.body)}
    return {name: value for name, value in content.items() if value}


def _parameters(rule: Rule, described: Operation, variant: Variant) -> Iterator[dict[str, Any]]:
    """Yield the parameters: those in the path first, which the rule tells where nobody says more."""
    said = (*variant.parameters, *described.parameters)
    by_name = {one.name: one for one in said if one.place == "path"}
    for name in re.findall(r"{(\w+)}", variant.path):
        plain = Parameter(name, "path", "", _converted(rule, name), required=True)
        yield _parameter(by_name.get(name, plain), _converted(rule, name))
    # A suffix says the format already.
    spared = "format" if "{suffix}" in variant.path else ""
    yield from (_parameter(one) for one in said if one.place != "path" and one.name != spared)
    if "ETag" in described.headers:
        yield _parameter(header("If-None-Match", "The ETag of the copy that the caller has: 304 if it still is right."))


def _parameter(one: Parameter, usual: Schema | None = None) -> dict[str, Any]:
    schema = one.schema or usual
    content: dict[str, Any] = {"name": one.name, "in": one.place}
    if one.place == "query":
        content["allowEmptyValue"] = True  # everywhere the same as without the parameter
    if one.description:
        content["description"] = one.description
    if one.required:
        content["required"] = True
    content["schema"] = {"type": "array", "items": schema} if one.many else schema
    return content


def _converted(rule: Rule, name: str) -> dict[str, Any]:
    """Return the schema of a variable of a rule."""
    converter = rule._converters.get(name)  # noqa: SLF001 - werkzeug tells it nowhere else
    if isinstance(converter, AnyConverter):
        return {"type": "string", "enum": sorted(converter.items)}
    if isinstance(converter, IntegerConverter):
        return {"type": "integer", "minimum": 0}
    return {"type": "string", "minLength": 1}


def _responses(described: Operation, produces: Mapping[str, Schema | None]) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    if produces:
        answer = {"content": _content(produces)}
        headers = {name: {"$ref": f"#/components/headers/{name}"} for name in described.headers}
        answer |= {"headers": headers} if headers else {}
        responses["200"] = {"description": "The answer.", **answer}
        responses |= {
            str(status): {"description": text, **(answer if status == 422 else {})}  # noqa: PLR2004
            for status, text in described.others.items()
        }
    if "ETag" in described.headers:
        responses["304"] = {"description": "The caller's copy is still right."}
    for status, text in described.others.items():
        responses.setdefault(str(status), {"description": text, **(_LEADS_ON if status in _REDIRECTS else {})})
    for status in _statuses(described):
        responses[str(status)] = {"$ref": f"#/components/responses/Error{status}"}
    return dict(sorted(responses.items()))


def _statuses(described: Operation) -> tuple[int, ...]:
    return (*described.errors, 500)


def _content(types: Mapping[str, Schema | None]) -> dict[str, Any]:
    return {name: {"schema": usual_schema(name) if schema is None else schema} for name, schema in types.items()}


def _first(text: str) -> str:
    return _joined(text.partition("\n\n")[0])


def _joined(text: str) -> str:
    return " ".join(text.split())
