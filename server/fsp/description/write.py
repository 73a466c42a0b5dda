"""Write a description in each of the formats for graphs, the same bytes each time."""

import json
from functools import cache
from typing import Any

import pyoxigraph as ox
from rdflib import Graph
from rdflib.plugins.serializers.jsonld import from_rdf

from fsp.dataset.files import project_folder
from fsp.prefixes import PREFIXES

__all__ = ["context", "write"]


@cache
def context() -> bytes:
    """Return the project's JSON-LD context, as its file has it."""
    return (project_folder() / "ontology" / "context.jsonld").read_bytes()


def write(graph: Graph, format_name: str, context_address: str) -> bytes:
    """Return a graph as bytes.

    Args:
        graph: the graph.
        format_name: one of the formats for graphs: `ttl`, `nt`, `rdf` or `jsonld`.
        context_address: where the project's JSON-LD context is: JSON-LD refers to it.

    Raises:
        DataError: an IRI of it cannot be written in Turtle.
    """
    if format_name == "ttl":
        from fsp.turtle.write import write as write_turtle  # noqa: PLC0415 - slow to import, and a start needs none

        return write_turtle(graph).encode()
    if format_name == "jsonld":
        return _write_json(graph, context_address)
    lines = sorted(line for line in graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True) if line)
    data = b"".join(line for line in lines if line.strip())
    if format_name == "nt":
        return data
    triples = (quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES) or b""


def _write_json(graph: Graph, context_address: str) -> bytes:
    """Write JSON-LD 1.1 that is compacted by the project's context and refers to it (section 3.1)."""
    document = from_rdf(graph, json.loads(context())["@context"], auto_compact=False)  # type: ignore[no-untyped-call]
    document = _sorted({**document, "@context": context_address})
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _sorted(value: Any, *, in_list: bool = False) -> Any:  # noqa: ANN401 - JSON
    """Return JSON with its keys and its sets in order; a list of RDF keeps its own."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (key != "@context", key != "id", key != "type", key))
        return {key: _sorted(value[key], in_list=key == "@list") for key in keys}
    if isinstance(value, list):
        items = [_sorted(item) for item in value]
        return items if in_list else sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
    return value
