"""Read JSON with the place of each key and value, which the standard library's parser does not keep."""

import re
from dataclasses import dataclass, field

__all__ = ["JsonNode", "read_json_places"]

_TOKEN = re.compile(r'[ \t\r\n]*(?:("(?:[^"\\]|\\.)*")|([{}\[\],:])|([^\s{}\[\],:"]+))')


@dataclass(slots=True)
class JsonNode:
    """A value of a JSON text.

    Attributes:
        offset: code points of the text before it.
        members: the offset of each key of an object, with its value; in the order of the text.
        items: the values of an array.
        doubled: the offset and the raw text of each key of an object that stands there again.
    """

    offset: int
    members: dict[str, tuple[int, "JsonNode"]] = field(default_factory=dict)
    items: list["JsonNode"] = field(default_factory=list)
    doubled: list[tuple[int, str]] = field(default_factory=list)


def read_json_places(text: str, keys: dict[int, str]) -> JsonNode:
    """Return the places in a JSON text, whatever its depth.

    Args:
        text: well-formed JSON.
        keys: filled with the raw text of each string and number by its offset.
    """
    root = JsonNode(0)
    stack: list[JsonNode] = []
    # The key whose value comes next, in the object on top of the stack.
    waiting: list[tuple[str, int] | None] = []
    offset = 0
    while (match := _TOKEN.match(text, offset)) is not None:
        offset = match.end()
        start = match.start(match.lastindex or 0)
        token = match[match.lastindex or 0]
        if token in {",", ":"}:
            continue
        if token in {"}", "]"}:
            stack.pop()
            waiting.pop()
            continue
        is_object = bool(stack) and text[stack[-1].offset] == "{"
        if is_object and waiting[-1] is None:
            waiting[-1] = (token, start)
            continue
        node = JsonNode(start)
        keys[start] = token
        if not stack:
            root = node
        elif is_object and (key := waiting[-1]) is not None:
            if key[0] in stack[-1].members:
                stack[-1].doubled.append((key[1], key[0]))
            stack[-1].members[key[0]] = (key[1], node)
            waiting[-1] = None
        else:
            stack[-1].items.append(node)
        if token in {"{", "["}:
            stack.append(node)
            waiting.append(None)
    return root
