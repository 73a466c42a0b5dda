"""The list of the canned queries, and what of it fits some words."""

from typing import Any

from flask import url_for

from fsp.catalogue.parameters import Parameter
from fsp.catalogue.query import CannedQuery

__all__ = ["describe_query"]


def describe_query(query: CannedQuery) -> dict[str, Any]:
    """Return what is known of a query, for programs."""
    return {
        "name": query.name,
        "url": url_for("queries.query", name=query.name, _external=True),
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "picture": query.picture and query.picture.kind,
        "form": query.form,
        "version": query.version,
        "parameters": [_describe_parameter(parameter) for parameter in query.parameters.values()],
        "columns": [
            {"name": name, "label": text.label, "description": text.description} for name, text in query.columns.items()
        ],
        "coverage": [covered.text for covered in query.coverage],
        "sparql": query.body,
    }


def _describe_parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "label": parameter.label,
        "description": parameter.description,
        "type": parameter.type.value,
        "scheme": parameter.scheme,
        "class": parameter.class_,
        "choices": [choice.label for choice in parameter.choices],
        "required": parameter.required,
        "default": [term.value for term in parameter.default],
    }
