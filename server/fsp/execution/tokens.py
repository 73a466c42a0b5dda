"""What a query's text shows before it is parsed: its form, its nesting, whom it would call.

A lexer of the terminals of SPARQL 1.1 (section 19.8), in linear time and constant stack. It is not a parser: the
engine says what is wrong with a query; this says what the engine shall not be asked.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice, tee
from typing import NamedTuple

import pyoxigraph as ox

__all__ = ["Inspection", "Token", "glance", "inspect", "is_cacheable", "may_hold", "tokens"]

_LOCAL = r"(?:[\w:\-·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
"""What a local name is made of, beside dots; the engine reads on after one group of dots only."""
_TERMINALS = re.compile(
    r"""
      (?P<space>\s++ | \#[^\n\r]*+)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*+(?:\"\"\"|\Z) | '''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)
                |"(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
    | (?P<iri><[^\x00-\x20<>"{}|^`\\]*+(?:\\[uU][^\x00-\x20<>"{}|^`\\]*+)*+>)
    | (?P<variable>[?$]\w++)
    | (?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<number>[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+)
    | (?P<prefixed>(?:[^\W\d][\w.\-]*+)?+:(?:(?![\-·])LOCAL++(?:\.++LOCAL++)?+)?+)
    | (?P<word>[^\W\d]\w*+)
    | (?P<sign>&&|\|\||\^\^|!=|<=|>=|.)
    """.replace("LOCAL", _LOCAL),
    re.VERBOSE | re.DOTALL,
)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_VOLATILE = {"RAND", "NOW", "UUID", "STRUUID", "BNODE", "SERVICE"}
"""What may change an answer."""
_VARIABLE = re.compile(r"[?$]\w+")
_VARIABLE_OR_LOCAL = re.compile(r"[?$:]\w+")
"""Names of variables, and local names. Prefixes are left, since the engine needs no space after a keyword."""
_PLAIN_PREFIX = re.compile(r"PREFIX\s+[\w.\-]*:\s*<[^<>\s]*[^<>\s/:][/#]>")
"""The declaration of a prefix that makes an IRI with any word, in capitals."""
_NO_IRI = "\ufff0"
"""From here on there are characters that stand in names (SPARQL 1.1, section 19.8) and not in IRIs (RFC 3987)."""
_LINKS = {"!", "+", "-", "*", "/", "|", "^", "||", "&&", "UNION", "OPTIONAL", "FILTER", "MINUS", "BIND", "GRAPH", "."}
_OPERAND_FOLLOWS = "(,|&=!<+-*/^{[;."
_TELLING = ("SERVICE", "FROM", *_VOLATILE)
"""What a glance at a text cannot pass over: whom it calls, what it asks, and what may change its answer."""
_FORM = re.compile(
    r"""(?:\s++ | \#[^\n\r]*+ | BASE\s*+<[^<>]*+> | PREFIX\s++[\w.\-]*+:\s*+<[^<>]*+>)*+ (?P<form>[A-Z]++)""",
    re.VERBOSE,
)
"""The prologue of a query in capitals, and the word that follows it."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_REMEMBERED_CHARACTERS = 8192
_DEEPEST = 1000


@dataclass(slots=True)
class Inspection:
    """What a query's text shows.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE; the first keyword of an update; or None.
        depth: how many brackets stand inside one another. Past a thousand the text is read no further.
        chain: how many operators and patterns follow one another in one group, at most.
        volatile: whether the same query can have another answer the next time.
        services: the endpoint of each SERVICE; None for one that is not given as an IRI.
        default_graphs: IRIs of FROM.
        named_graphs: IRIs of FROM NAMED.
        is_relative: whether FROM has IRIs that the engine must resolve; then these lists are not the whole dataset.
        prefixes: the prefixes that the query declares.
    """

    form: str | None = None
    depth: int = 0
    chain: int = 0
    volatile: bool = False
    services: list[str | None] = field(default_factory=list)
    default_graphs: list[str] = field(default_factory=list)
    named_graphs: list[str] = field(default_factory=list)
    is_relative: bool = False
    prefixes: dict[str, str] = field(default_factory=dict)

    @property
    def is_update(self) -> bool:
        """Whether the text is SPARQL Update, not a query."""
        return self.form in _UPDATES


def inspect(query: str) -> Inspection:
    """Read a query's text once."""
    return _remembered(query) if len(query) <= _REMEMBERED_CHARACTERS else _inspect(query)


def glance(query: str) -> Inspection | None:
    """Inspect a text by counting characters, many times quicker than reading it.

    Args:
        query: the text.

    Returns:
        Its form, and for depth and chain numbers that these do not exceed; None where only reading it can tell.
    """
    if len(query) > _REMEMBERED_CHARACTERS or may_hold(query, _TELLING):
        return None
    folded = query.upper()
    match = _FORM.match(folded)
    if match is None or match["form"] not in _FORMS | _UPDATES:
        return None
    return Inspection(
        form=match["form"],
        depth=sum(map(folded.count, "([{")),
        chain=sum(map(folded.count, _LINKS)),
    )


def is_cacheable(query: str) -> bool:
    """Tell whether a query has the same answer as long as the data are the same. A very long one is not looked at."""
    return len(query) <= _REMEMBERED_CHARACTERS and _is_cacheable(query)


@lru_cache(maxsize=512)
def _is_cacheable(query: str) -> bool:
    if may_hold(query, _VOLATILE) and inspect(query).volatile:
        return False
    return not may_hold(query, ("CONSTRUCT",)) or not _makes_blank_nodes(query)


def may_hold(query: str, keywords: Collection[str]) -> bool:
    """Tell whether one of some keywords can stand in a query, by looking for its letters.

    Names of things and variables, such as `fsp:forService`, are none. Letters that are spelt by escapes (SPARQL 1.1,
    section 19.2) can be anything.

    Args:
        query: the text.
        keywords: in capitals.
    """
    folded = query.upper()
    if "\\U" in folded:
        return True
    if not any(keyword in folded for keyword in keywords):
        return False
    folded = (_VARIABLE_OR_LOCAL if _has_plain_names(folded) else _VARIABLE).sub(" ", folded)
    return any(keyword in folded for keyword in keywords)


def _has_plain_names(folded: str) -> bool:
    """Tell whether every local name is read to its end; see `_is_whole`."""
    if "\\" in folded or max(folded) >= _NO_IRI:
        return False
    return folded.count("PREFIX") == len(_PLAIN_PREFIX.findall(folded))


class Token(NamedTuple):
    """One terminal of a query.

    Attributes:
        kind: string, iri, variable, tag, number, prefixed, word or sign.
        text: as it stands in the query.
        start: where it begins, in code points.
    """

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """Split a text into terminals, without white space and comments. What is no terminal is a sign of one character."""
    for match in _TERMINALS.finditer(query):
        if match.lastgroup != "space":
            yield Token(str(match.lastgroup), match[0], match.start())


def _makes_blank_nodes(query: str) -> bool:
    """Tell whether the template of a CONSTRUCT has blank nodes: they are new ones each time (section 16.2.1)."""
    terminals = tokens(query)
    if not any(token.kind == "word" and token.text.upper() == "CONSTRUCT" for token in terminals):
        return False
    for token in terminals:  # from here on; without a template of its own, the pattern is the template
        if token.kind == "sign" and token.text == "}":
            return False
        if (token.kind == "sign" and token.text in "[(") or (token.kind == "prefixed" and token.text[:2] == "_:"):
            return True
    return False


def _inspect(query: str) -> Inspection:
    found = Inspection()
    chains = [0]
    before = end = Token("end", "", len(query))
    here, next_, later = tee(chain(tokens(query), (end, end)), 3)
    for token, after, then in zip(here, islice(next_, 1, None), islice(later, 2, None), strict=False):
        if token.kind == "sign":
            _count(token.text, chains, found)
        elif token.kind == "word":
            _read_word(token.text.upper(), (after, then), found)
            _count(token.text.upper(), chains, found)
        elif (token.kind == "prefixed" and _hides_service(token, before, after, found, query)) or (
            token.kind == "iri" and _is_ambiguous(token.text, before) and _names_service(query)
        ):
            found.services.append(None)
        if found.depth > _DEEPEST:
            break
        before = token
    found.volatile = found.volatile or bool(found.services)
    return found


_remembered = lru_cache(maxsize=512)(_inspect)


def _count(text: str, chains: list[int], found: Inspection) -> None:
    """Keep depth and chain; `chains` has one counter for each group that is open."""
    if text in "([{":
        chains.append(0)
        found.depth = max(found.depth, len(chains) - 1)
    elif text in ")]}":
        if len(chains) > 1:
            chains.pop()
    elif text in _LINKS:
        chains[-1] += 1
        found.chain = max(found.chain, chains[-1])


def _read_word(word: str, follow: tuple[Token, Token], found: Inspection) -> None:
    if word == "PREFIX" and [token.kind for token in follow] == ["prefixed", "iri"]:
        found.prefixes[follow[0].text[:-1]] = follow[1].text[1:-1]
    elif found.form is None and word in _FORMS | _UPDATES:
        found.form = word
    elif word == "FROM":
        _read_from(follow, found)
    elif "SERVICE" in word:
        # The engine needs no space after a keyword: trueSERVICE and SERVICESILENT are two words to it.
        silent = follow[0].text.upper() == "SILENT"
        found.services.append(_resolve(follow[silent], found) if word == "SERVICE" else None)
    elif word in _VOLATILE:
        found.volatile = True


def _read_from(follow: tuple[Token, Token], found: Inspection) -> None:
    named = follow[0].text.upper() == "NAMED"
    graph = _resolve(follow[named], found)
    if graph is None:
        found.is_relative = True
    elif named:
        found.named_graphs.append(graph)
    else:
        found.default_graphs.append(graph)


def _resolve(token: Token, found: Inspection) -> str | None:
    """Return the absolute IRI that a token means, or None."""
    if token.kind == "prefixed" and "\\" not in token.text:
        prefix, local = token.text.split(":", 1)
        return None if prefix not in found.prefixes else found.prefixes[prefix] + local
    iri = token.text[1:-1]
    return iri if token.kind == "iri" and _ABSOLUTE.match(iri) and "\\" not in iri else None


def _hides_service(token: Token, before: Token, after: Token, found: Inspection, query: str) -> bool:
    """Tell whether the engine can read the keyword SERVICE at a prefixed name, as in `SERVICEex:endpoint { … }`."""
    prefix, local = token.text.split(":", 1)
    if before.text.upper() == "PREFIX":
        return False
    if "SERVICE" in local.upper() and not _is_whole(token, after, found, query):
        return True
    if "SERVICE" not in prefix.upper():
        return False
    return prefix not in found.prefixes or (after.text == "{" and before.text.upper() != "GRAPH")


def _is_whole(token: Token, after: Token, found: Inspection, query: str) -> bool:
    """Tell whether a prefixed name is read to its end.

    Where namespace and local name make no IRI, the engine takes the prefix for the whole name, and reads on behind it.
    """
    prefix, local = token.text.split(":", 1)
    namespace = found.prefixes.get(prefix)
    if namespace is None:  # an error, unless the declaration is written as only the engine can read it
        return query.upper().count("PREFIX") == len(found.prefixes)
    goes_on = after.start == token.start + len(token.text) and after.text >= _NO_IRI
    if "\\" in local or goes_on:
        return False
    if not _ABSOLUTE.match(namespace):
        return namespace.endswith(("/", "#"))
    try:
        ox.NamedNode(namespace + local)
    except ValueError:
        return False
    return True


def _is_ambiguous(iri: str, before: Token) -> bool:
    """Tell whether the engine may read `<` as *less than*, and a quote or comment within what looks like an IRI."""
    is_operator = bool(before.text) and before.text[-1] not in _OPERAND_FOLLOWS
    return is_operator and ("'" in iri or "#" in iri) and not re.match(r"<[A-Za-z][A-Za-z0-9+.\-]*://", iri)


def _names_service(query: str) -> bool:
    return re.search(r"(?<![\w?$:/#.\-])\w*service", query, re.IGNORECASE) is not None
