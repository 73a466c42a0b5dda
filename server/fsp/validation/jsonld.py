"""Read JSON-LD with the place of each triple, as far as it can be told, and fetch nothing."""

import json
import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, URIRef
from rdflib.namespace import RDF
from rdflib.plugins.shared.jsonld.context import Context
from rdflib.term import Node

from fsp.dataset.files import project_folder
from fsp.dataset.terms import rdflib_term
from fsp.namespaces import BASE
from fsp.validation.json_places import JsonNode, read_json_places
from fsp.validation.jsonld_keys import silent_keys
from fsp.validation.reading import MOST_FAULTS, Fault, Offsets, Reading

__all__ = ["CONTEXT", "read_jsonld"]

CONTEXT = str(BASE) + "context.jsonld"
"""IRI of the project's own context: the only one that a file can name without holding it."""

_DEEPEST = 200
_WORDS = {
    "Expecting property name enclosed in double quotes": "A key in double quotation marks was expected; the last "
    "member of an object has no comma after it.",
    "Expecting ',' delimiter": "A comma is missing here, or a bracket before it is not closed.",
    "Expecting ':' delimiter": "A colon is missing here, between a key and its value.",
    "Expecting value": "A value was expected: a string in double quotation marks, a number, true, false, null, { or [.",
    "Unterminated string starting at": "The string that begins here has no closing quotation mark.",
    "Invalid control character at": "A string goes over the end of its line here: write \\n for a line break.",
    "Extra data": "The text goes on after its end: one JSON value is allowed.",
}


def read_jsonld(text: str, base: str) -> Reading:
    """Read JSON-LD.

    The place of a triple is found by the names in the text: exact where a thing has its own `@id`; the first that
    fits where things without one are alike.

    Args:
        text: the JSON.
        base: what relative IRIs are resolved against.
    """
    reading = Reading()
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        words = next((words for start, words in _WORDS.items() if error.msg.startswith(start)), f"{error.msg}.")
        reading.faults.append(Fault(error.pos, f"This is not JSON. {words}"))
        return reading
    except RecursionError:
        reading.faults.append(Fault(0, "The brackets are nested too deeply."))
        return reading
    raw: dict[int, str] = {}
    root = read_json_places(text, raw)
    if _depth(document) > _DEEPEST:
        reading.faults.append(Fault(0, f"The brackets are nested more than {_DEEPEST} deep."))
        return reading
    reading.faults += _supply_contexts(document, root)
    if not reading.faults:
        _read_triples(document, text, base, reading)
    if not reading.faults:
        try:
            mentions = _mentions(document, root, raw, base)
            reading.doubts += islice(silent_keys(document, root, base, CONTEXT), MOST_FAULTS)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            # What the engine read and rdflib's model of a context does not know has no places.
            mentions = _Mentions()
        found = {triple: _offsets(triple, mentions) for triple in reading.triples}
        reading.triples = found
    return reading


def _read_triples(document: object, text: str, base: str, reading: Reading) -> None:
    try:
        for quad in ox.parse(json.dumps(document), ox.RdfFormat.JSON_LD, base_iri=base, rename_blank_nodes=True):
            triple = (rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object))
            reading.triples[triple] = (0, 0, 0)
    except SyntaxError as error:
        words = re.sub(r"^Parser error at [^:]*: ", "", error.msg).rstrip(".")
        named = next((found for found in re.findall(r"[^\s'\"]{3,}", words) if f'"{found}"' in text), None)
        offset = text.find(f'"{named}"') if named else 0
        reading.faults.append(Fault(offset, f"This is not JSON-LD: {words}."))


def _supply_contexts(document: object, root: JsonNode) -> Iterator[Fault]:
    """Put the project's context where it is named, and tell of each that would have to be fetched."""
    for value, node in _objects(document, root):
        if "@context" not in value:
            continue
        _, place = node.members['"@context"']
        parts = value["@context"] if isinstance(value["@context"], list) else [value["@context"]]
        places = place.items or [place] * len(parts)
        for number, (part, at) in enumerate(zip(parts, places, strict=True)):
            if part == CONTEXT:
                parts[number] = _own_context()
            elif isinstance(part, str):
                yield Fault(
                    at.offset, f"The context {part} would have to be fetched, and nothing is fetched here. {_REMEDY}"
                )
            elif isinstance(part, dict) and "@import" in part:
                yield Fault(at.offset, f"@import would have to fetch {part['@import']}. {_REMEDY}")
        value["@context"] = parts


_REMEDY = f"Put what it says into the file, or name the project's own, {CONTEXT}."


@cache
def _own_context() -> dict[str, Any]:
    text = (project_folder() / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["@context"]
    return found


def _objects(document: object, root: JsonNode) -> Iterator[tuple[dict[str, Any], JsonNode]]:
    """Yield each object with its place, those inside contexts too: a term can have a context of its own."""
    waiting: list[tuple[object, JsonNode]] = [(document, root)]
    while waiting:
        value, node = waiting.pop()
        if isinstance(value, dict):
            inner = {json.loads(key): place for key, (_, place) in node.members.items()}
            waiting += [(one, inner[key]) for key, one in value.items()]
            yield value, node
        elif isinstance(value, list):
            waiting += zip(value, node.items, strict=True)


def _depth(document: object) -> int:
    deepest, waiting = 0, [(document, 1)]
    while waiting:
        value, depth = waiting.pop()
        deepest = max(deepest, depth)
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(one, depth + 1) for one in inner]
    return deepest


class _Mentions:
    """Where the text first speaks of each thing, property and value; things without an IRI are all under None."""

    def __init__(self) -> None:
        self.things: dict[str | None, int] = {}
        self.properties: dict[tuple[str | None, str], Offsets] = {}
        self.values: dict[tuple[str | None, str, str], Offsets] = {}


def _mentions(document: object, root: JsonNode, raw: dict[int, str], base: str) -> _Mentions:
    found = _Mentions()
    waiting: deque[tuple[object, JsonNode, Context]] = deque([(document, root, Context(base=base))])
    while waiting:
        value, node, context = waiting.popleft()
        if isinstance(value, list):
            waiting += [(one, place, context) for one, place in zip(value, node.items, strict=True)]
        if not isinstance(value, dict):
            continue
        if "@context" in value:
            context = context.subcontext(value["@context"])
        members = {json.loads(key): places for key, places in node.members.items()}
        names = {key: _expanded(key, context) for key in value if key != "@context"}
        identity = next((key for key, name in names.items() if name == "@id"), None)
        thing = context.resolve(str(value[identity])) if identity else None
        start = members[identity][1].offset if identity else node.offset
        found.things.setdefault(thing, start)
        for key, name in names.items():
            at, place = members[key]
            waiting.append((value[key], place, context))
            predicate = str(RDF.type) if name == "@type" else name
            if predicate and not predicate.startswith("@"):
                found.properties.setdefault((thing, predicate), (start, at, at))
                for word, offset in _values(value[key], place, raw, context):
                    found.values.setdefault((thing, predicate, word), (start, at, offset))
    return found


def _values(value: object, node: JsonNode, raw: dict[int, str], context: Context) -> Iterator[tuple[str, int]]:
    """Yield what each value of a property can be called in a triple, with its place."""
    if isinstance(value, list):
        for one, place in zip(value, node.items, strict=True):
            yield from _values(one, place, raw, context)
    elif isinstance(value, dict):
        members = {json.loads(name): place for name, (_, place) in node.members.items()}
        for name, inner in value.items():
            expanded = _expanded(name, context)
            if expanded in {"@list", "@set"} or not (expanded.startswith("@") or isinstance(inner, dict)):
                yield from _values(inner, members[name], raw, context)
            elif expanded in {"@id", "@value"}:
                yield from ((word, node.offset) for word in _words(inner, members[name], raw, context))
    else:
        yield from ((word, node.offset) for word in _words(value, node, raw, context))


def _expanded(key: str, context: Context) -> str:
    return key if key.startswith("@") else context.expand(key) or ""


def _words(value: object, node: JsonNode, raw: dict[int, str], context: Context) -> set[str]:
    """Return what a value can be called in a triple."""
    if isinstance(value, str):
        return {value, _number(value), str(context.expand(value)), str(context.resolve(value))}
    return {raw[node.offset], _number(str(value)), str(value)}


def _number(text: str) -> str:
    """Return a number in one form: JSON-LD writes them anew (JSON-LD 1.1 API, section 8.2.2)."""
    try:
        return repr(float(text))
    except ValueError:
        return text


def _offsets(triple: tuple[Node, Node, Node], mentions: _Mentions) -> Offsets:
    subject, predicate, value = triple
    thing = str(subject) if isinstance(subject, URIRef) else None
    if not isinstance(value, BNode):
        for word in (str(value), _number(str(value))):
            if (thing, str(predicate), word) in mentions.values:
                return mentions.values[thing, str(predicate), word]
    start = mentions.things.get(thing, 0)
    return mentions.properties.get((thing, str(predicate)), (start, start, start))
