"""Keys of JSON-LD that say nothing: ones that no context maps, and ones that stand twice in an object."""

import json
from collections import deque
from collections.abc import Iterator

from rdflib.plugins.shared.jsonld.context import Context

from fsp.turtle.slips import known_namespaces
from fsp.validation.json_places import JsonNode
from fsp.validation.known import nearest
from fsp.validation.reading import Fault

__all__ = ["silent_keys"]

_KEYWORDS = frozenset({
    "@base", "@container", "@context", "@direction", "@graph", "@id", "@import", "@included", "@index", "@json",
    "@language", "@list", "@nest", "@none", "@prefix", "@propagate", "@protected", "@reverse", "@set", "@type",
    "@value", "@version", "@vocab",
})  # fmt: skip
_MAPS = {"@language", "@index", "@id", "@type", "@graph"}
"""Containers whose keys are no terms (JSON-LD 1.1, section 4.6)."""
_NO_CONTEXT = (
    "The file has no @context, so that its keys are no properties and say nothing: name the project's own, "
    '"@context": "{context}".'
)


def silent_keys(document: object, root: JsonNode, base: str, own_context: str) -> Iterator[Fault]:
    """Yield a remark for each key that a processor of JSON-LD drops without a word (JSON-LD 1.1 API, section 5.1.2).

    Args:
        document: the JSON, with its contexts at hand.
        root: the places in it.
        base: what relative IRIs are resolved against.
        own_context: the IRI of the project's context, to be proposed.
    """
    dropped: list[Fault] = []
    has_context = False
    for value, node, context in _objects(document, root, Context(base=base)):
        has_context = has_context or "@context" in value
        for offset, key in node.doubled:
            yield Fault(offset, f"The key {key} stands twice in this object, and only the last one counts: join them.")
        said = ((offset, _dropped(json.loads(key), context)) for key, (offset, _) in node.members.items())
        dropped += [Fault(offset, words) for offset, words in said if words]
    if dropped and not has_context:
        yield Fault(root.offset, _NO_CONTEXT.format(context=own_context))
    else:
        yield from dropped


def _objects(
    document: object, root: JsonNode, outermost: Context
) -> Iterator[tuple[dict[str, object], JsonNode, Context]]:
    """Yield each object whose keys are terms, with its place and the context that holds in it."""
    waiting: deque[tuple[object, JsonNode, Context]] = deque([(document, root, outermost)])
    while waiting:
        value, node, context = waiting.popleft()
        if isinstance(value, list):
            waiting += [(one, place, context) for one, place in zip(value, node.items, strict=True)]
        if not isinstance(value, dict):
            continue
        if "@context" in value:
            context = context.subcontext(value["@context"])
        yield value, node, context
        for written, (_, place) in node.members.items():
            key = json.loads(written)
            if key != "@context" and not _dropped(key, context):
                waiting += [(inner, at, context) for inner, at in _inner(key, value[key], place, context)]


def _dropped(key: str, context: Context) -> str:
    """Return why a key says nothing; empty where it says something, or is left out on purpose."""
    if key.startswith("@"):
        guess = None if key in _KEYWORDS else nearest(key, _KEYWORDS)
        return f"{key} is no keyword of JSON-LD: did you mean {guess}?" if guess else ""
    prefix, colon, _ = key.partition(":")
    if colon:
        if prefix in context.terms or prefix not in known_namespaces():
            return ""
        return f"The prefix {prefix} of the key {key} is not in the context, so that the key is no property: add it."
    if key in context.terms or context.vocab:
        return ""
    guess = nearest(key, frozenset(context.terms))
    hint = f"did you mean {guess}?" if guess else "correct it, or add it to the context."
    return f"No context maps the key {key}, so that it says nothing: {hint}"


def _inner(key: str, value: object, place: JsonNode, context: Context) -> Iterator[tuple[object, JsonNode]]:
    """Yield the values below a key whose own keys are terms."""
    term = context.terms.get(key)
    if term is not None and term.type == "@json":
        return
    if term is None or not _MAPS.intersection(term.container or ()) or not isinstance(value, dict):
        yield value, place
        return
    yield from ((value[json.loads(name)], inner) for name, (_, inner) in place.members.items())
