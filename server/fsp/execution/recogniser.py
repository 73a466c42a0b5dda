"""Find the first token at which a text stops being SPARQL 1.1, and what could have stood there."""

from dataclasses import dataclass
from functools import cache

from fsp.execution.grammar import FUNCTIONS, KEYWORDS, LABELS, Node, read_grammar
from fsp.execution.tokens import Token, tokens

__all__ = ["Fault", "find_fault", "is_keyword"]

_KINDS = {name: kind for kind, names in FUNCTIONS.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a text stops being a query.

    Attributes:
        token: the first token that fits nowhere; its text is empty at the end of the query.
        expected: what could have stood there, in words.
    """

    token: Token
    expected: tuple[str, ...]


def find_fault(query: str) -> Fault | None:
    """Return the first fault, or None where the text follows the grammar.

    A predictive parser with a stack of its own, so that no nesting of the query is too deep for it.
    """
    rules = _rules()
    rest = iter([*tokens(query), Token("end", "", len(query))])
    token = next(rest)
    stack = [Node("rule", "Query")]
    passed: dict[str, None] = {}  # what could have stood here and did not, in the grammar's order
    while stack:
        node = stack.pop()
        name = _name(token)
        if node.kind == "sequence":
            stack += reversed(node.parts)
        elif node.kind == "rule" and (name in _first(node) or _may_be_empty(node)):
            stack.append(rules[node.name])
        elif node.kind in {"optional", "repeated"}:
            if name in _first(node):
                stack += [node, node.parts[0]] if node.kind == "repeated" else [node.parts[0]]
            else:
                passed |= dict.fromkeys(_words(node.parts[0]))
        elif node.kind == "choice" and (name in _first(node) or _may_be_empty(node)):
            stack.append(next(part for part in node.parts if name in _first(part) or _may_be_empty(part)))
        elif node.kind == "token" and node.name == name:
            passed = {}
            token = next(rest, token)
        else:
            return Fault(token, tuple(passed | dict.fromkeys(_words(node))))
    return None


def is_keyword(word: str) -> bool:
    """Tell whether SPARQL 1.1 has a keyword or function of this name, in capitals or not."""
    return word.upper() in KEYWORDS or word.upper() in _KINDS


def _name(token: Token) -> str:
    """Return a token's name in the grammar."""
    if token.kind == "sign" or token.text == "?":
        return f"'{token.text}'"
    if token.kind == "word":
        word = token.text.upper()
        if token.text == "a":
            return "<a>"
        if word in {"TRUE", "FALSE"}:
            return "<boolean>"
        return f"<{_KINDS[word]}>" if word in _KINDS else word
    if token.kind == "prefixed":
        return "<blank>" if token.text.startswith("_:") else f"<{'prefix' if token.text.endswith(':') else 'prefixed'}>"
    return f"<{token.kind}>"


@cache
def _rules() -> dict[str, Node]:
    return read_grammar()


@cache
def _first(node: Node) -> frozenset[str]:
    """Return the names of the tokens that a piece can begin with."""
    if node.kind == "token":
        return frozenset((node.name,))
    if node.kind == "rule":
        return _first(_rules()[node.name])
    found: frozenset[str] = frozenset()
    for part in node.parts:
        found |= _first(part)
        if node.kind == "sequence" and not _may_be_empty(part):
            break
    return found


@cache
def _may_be_empty(node: Node) -> bool:
    if node.kind == "rule":
        return _may_be_empty(_rules()[node.name])
    if node.kind == "choice":
        return any(_may_be_empty(part) for part in node.parts)
    return node.kind in {"optional", "repeated"} or (
        node.kind == "sequence" and all(_may_be_empty(part) for part in node.parts)
    )


@cache
def _words(node: Node) -> tuple[str, ...]:
    """Say what a piece can begin with, as a person calls it."""
    if node.kind == "token":
        name = node.name.strip("<>") if len(node.name) > 1 and node.name.startswith("<") else node.name
        return (_TOKEN_WORDS.get(name, name),)
    if node.kind == "rule":
        return (LABELS[node.name],) if node.name in LABELS else _words(_rules()[node.name])
    found: dict[str, None] = {}
    for part in node.parts:
        found |= dict.fromkeys(_words(part))
        if node.kind == "sequence" and not _may_be_empty(part):
            break
    return tuple(found)


_TOKEN_WORDS = {
    "end": "the end of the query",
    "iri": "an IRI in angle brackets",
    "prefix": "a prefix that ends in ':'",
    "prefixed": "a prefixed name",
    "variable": "a variable",
    "string": "a string",
    "number": "a number",
    "tag": "a language tag",
    "boolean": "true or false",
    "blank": "a blank node",
    "a": "a",
    **dict.fromkeys(FUNCTIONS, "a function"),
}
