"""Say what is wrong with a query in words that a person understands."""

import re

from fsp.errors import QuerySyntaxError
from fsp.execution.recogniser import Fault, find_fault, is_keyword
from fsp.execution.tokens import Token, tokens
from fsp.prefixes import PREFIXES

__all__ = ["explain"]

_MOST_EXPECTED = 7
_MOST_SHOWN = 40
_TYPOGRAPHIC_QUOTES = {"\u201c", "\u201d", "\u201e", "\u2018", "\u2019", "\u00ab", "\u00bb"}
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_OPERATORS = {f"'{sign}'" for sign in ("*", "/", "+", "-", "=", "!=", "<", ">", "<=", ">=", "&&", "||")} | {"IN", "NOT"}
_PATH_OPERATORS = {f"'{sign}'" for sign in ("?", "*", "+", "/", "|")}

_RULES = {
    "SELECT contains a variable that is unbound": "With GROUP BY or an aggregate, each selected variable must stand in "
    "GROUP BY or inside an aggregate such as COUNT(?x) or SAMPLE(?x)",
    "overrides an existing variable": "(… AS ?variable) needs a variable that the pattern does not bind already: "
    "choose another name",
    "IRI parsing failed": "An IRI of the query is not valid (RFC 3987): look for stray signs within < >",
    "['t' | 'b' | 'n'": r"In a string, a backslash is followed by one of t b n r f \" ' or \ : write \\ for one",
    "query limit should be": "LIMIT is larger than any number that the engine counts to: leave it out",
    "query offset should be": "OFFSET is larger than any number that the engine counts to",
    "SELECT * is not authorized with GROUP BY": "SELECT * cannot be used with GROUP BY: name the variables",
}
"""What the engine says of the grammar's notes, and what it means."""

_BAD_ESCAPE = re.compile(
    r"\\u(?![0-9A-Fa-f]{4}) | \\U(?!00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}) | \\u[dD][89A-Fa-f] | \\U0000[dD][89A-Fa-f]",
    re.VERBOSE,
)

_NOTES = (
    "The text follows the grammar but breaks one of its rules (SPARQL 1.1 Query, section 19.8): BIND or AS gives a "
    "value to a variable that has one already, a row of VALUES has more or fewer values than there are variables, an "
    "aggregate stands within another, or one blank node label is used in two groups"
)


def explain(text: str, query: str) -> QuerySyntaxError:
    """Explain an error of the engine.

    Args:
        text: what the engine says.
        query: what it was asked.
    """
    function = re.search(r"custom function <(.*)> is not supported", text)
    if function:
        return QuerySyntaxError(f"<{function[1]}> is not a function that this service has. Use one of SPARQL 1.1.")
    fault = find_fault(query)
    undeclared = _find_undeclared(query)
    if undeclared and (fault is None or undeclared.start <= fault.token.start):
        return _error(query, undeclared.start, _describe_undeclared(undeclared))
    if fault:
        return _error(query, fault.token.start, _describe_fault(fault, query))
    escape = _BAD_ESCAPE.search(query)
    if escape:
        digits = {"u": 4, "U": 8}[escape[0][1]]
        message = f"{escape[0][:2]} is followed by the number of a character, in {digits} hexadecimal digits"
        return _error(query, escape.start(), f"{message}; one beyond U+FFFF is written with one \\U, not two \\u")
    rule = next((meaning for phrase, meaning in _RULES.items() if phrase in text), _NOTES)
    return _rule_error(text, rule)


def _rule_error(text: str, rule: str) -> QuerySyntaxError:
    """Tell of a broken rule where the engine noticed it: behind the fault, often at the end of its group."""
    place = re.match(r"error at (\d+):(\d+)", text)
    if place is None:
        return QuerySyntaxError(f"{rule}.")
    line, column = int(place[1]), int(place[2])
    return QuerySyntaxError(f"Before line {line}, column {column}: {rule}.", line=line, column=column)


def _error(query: str, start: int, message: str) -> QuerySyntaxError:
    line = query.count("\n", 0, start) + 1
    column = start - query.rfind("\n", 0, start)
    return QuerySyntaxError(f"Line {line}, column {column}: {message}.", line=line, column=column)


def _find_undeclared(query: str) -> Token | None:
    """Return the first prefixed name whose prefix is not declared before it."""
    declared = {"_"}
    before = ""
    for token in tokens(query):
        if token.kind == "prefixed":
            prefix = token.text.split(":", 1)[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return token
        before = token.text.upper()
    return None


def _describe_undeclared(token: Token) -> str:
    prefix = token.text.split(":", 1)[0]
    namespace = PREFIXES.get(prefix, "…")
    return f"the prefix '{prefix}:' is not declared. Put this line at the top: PREFIX {prefix}: <{namespace}>"


def _describe_fault(fault: Fault, query: str) -> str:
    token = fault.token
    is_called = token.kind == "word" and re.match(r"\s*\(", query[token.start + len(token.text) :])
    if is_called and not is_keyword(token.text):
        return f"{token.text} is not a function of SPARQL 1.1"
    if token.text in _TYPOGRAPHIC_QUOTES:
        return f"{token.text} is a typographic quotation mark. Write a string between \" or '"
    if token.text in ('"', "'"):
        return "the string that begins here has no end in its line. Close it, or write it between three quotation marks"
    if token.text == "<" and query[token.start + 1 :].partition(">")[0].partition(" ")[2]:
        return "the IRI that begins here holds a space. Write the space as %20"
    shown = token.text if len(token.text) <= _MOST_SHOWN else token.text[:_MOST_SHOWN] + "…"
    found = f"found '{shown}'" if token.text else "the query ends here"
    message = f"{found}, but expected {_list(fault.expected)}"
    opened = _last_open(query, token.start)
    if opened is not None and (not token.text or (token.text in ")]}" and token.text != _PAIRS[query[opened]])):
        line = query.count("\n", 0, opened) + 1
        column = opened - query.rfind("\n", 0, opened)
        message += f". The '{query[opened]}' of line {line}, column {column} is not closed"
    return message


def _list(words: tuple[str, ...]) -> str:
    if "'&&'" in words:
        words = ("an operator", *(word for word in words if word not in _OPERATORS))
    elif "'|'" in words:
        words = ("a path operator", *(word for word in words if word not in _PATH_OPERATORS))
    shown = list(words[:_MOST_EXPECTED])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _last_open(query: str, end: int) -> int | None:
    """Return the place of the innermost bracket that is open at a place."""
    opened: list[int] = []
    for token in tokens(query):
        if token.start >= end:
            break
        if token.kind == "sign" and token.text in "([{":
            opened.append(token.start)
        elif token.kind == "sign" and token.text in ")]}" and opened:
            opened.pop()
    return opened[-1] if opened else None
