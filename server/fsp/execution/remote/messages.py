"""What an engine says when it fails, in words for the caller."""

import re

from fsp.errors import EngineError, FspError, LimitError, QuerySyntaxError
from fsp.execution.messages import explain

__all__ = ["explain_status", "timeout_error"]

_MOST_CHARACTERS = 400
_BAD_REQUEST = 400
_TIMEOUTS = {408, 504}
_BUSY = {429, 503}
_VIRTUOSO = re.compile(r"^Virtuoso \w+ Error \w+\.*: ?(?:SPARQL compiler(?:, line (?P<line>\d+))?: )?(?P<text>.*)")
_PLACE = re.compile(r"line:?\s*(?P<line>\d+)\s*,?\s*col(?:umn)?:?\s*(?P<column>\d+)", re.IGNORECASE)
_PREFIX = re.compile(r"Undefined namespace prefix at '(?P<prefix>[^']*)'")
_SYNTAX = re.compile(r"syntax error at '(?P<found>[^']*)'(?: before '(?P<next>[^']*)')?")
_TIME_IS_OVER = re.compile(
    r"tim(?:e|ed)[ -]?out|S1TAT|SR171|estimated execution time|execution time limit|cancell?ed", re.IGNORECASE
)


def timeout_error(seconds: float) -> LimitError:
    """Say that a query took too long."""
    return LimitError(
        f"The query took longer than {seconds:g} seconds and was ended. "
        "Ask for less: add LIMIT, bind more terms, or split the query.",
        limit="timeout",
    )


def explain_status(status: int, body: bytes, query: str, seconds: float) -> FspError:
    """Turn an engine's error answer into one of ours.

    Args:
        status: HTTP status.
        body: the beginning of what it says.
        query: the text that was sent.
        seconds: the time that the query had.
    """
    text = body.decode("utf-8", errors="replace").strip()
    if status == _BAD_REQUEST:
        return _explain_syntax(text, query)
    if status in _TIMEOUTS or _TIME_IS_OVER.search(text[:_MOST_CHARACTERS]):
        return timeout_error(seconds)
    if status in {401, 403}:
        return EngineError("The engine behind this service asks for a user and a password. Tell the operator.")
    if status in _BUSY:
        return EngineError("The engine behind this service is busy. Ask again in a few seconds.")
    if status in {404, 405} or status < _BAD_REQUEST:
        return EngineError(
            f"There is no SPARQL endpoint at the engine's address (status {status}). Tell the operator to check it."
        )
    said = _clean(text)
    if "transitive start not given" in said:
        said += ". Bind one end of the path with + or * by a triple before it"
    return EngineError(f"The engine behind this service could not evaluate the query: {said or f'status {status}'}.")


def _explain_syntax(text: str, query: str) -> QuerySyntaxError:
    """Explain a refused query, with line and column where the engine names them."""
    if re.search(r"error at \d+:\d+: ", text):
        return explain(text, query)
    if (virtuoso := _VIRTUOSO.match(text)) is not None:
        line = int(virtuoso["line"] or 0) or None
        return QuerySyntaxError((f"Line {line}: " if line else "") + _translate(_clean(text)), line=line)
    place = _PLACE.search(text)
    line, column = (int(place["line"]), int(place["column"])) if place else (None, None)
    return QuerySyntaxError(f"The engine refuses the query: {_clean(text)}.", line=line, column=column)


def _translate(said: str) -> str:
    """Say in words what Virtuoso's parser means."""
    if (prefix := _PREFIX.search(said)) is not None:
        name = prefix["prefix"]
        return f"The prefix '{name}' is not declared. Add PREFIX {name}: <…> at the beginning of the query."
    if (syntax := _SYNTAX.search(said)) is not None:
        before = f" before '{syntax['next']}'" if syntax["next"] else ""
        return f"The query is not SPARQL at '{syntax['found']}'{before}."
    return f"The query is not SPARQL: {said}."


def _clean(text: str) -> str:
    """Return the first sentence that an engine says: no query, no page, no trace."""
    if text.lstrip().startswith("<"):
        return ""
    if (virtuoso := _VIRTUOSO.match(text)) is not None:
        text = virtuoso["text"]
    return text.split("\n", 1)[0].strip().rstrip(".")[:_MOST_CHARACTERS]
