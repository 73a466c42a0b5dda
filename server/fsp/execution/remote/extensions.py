"""What is no SPARQL but some engines take it: functions and statements that reach beyond the data."""

import re

from fsp.errors import QuerySyntaxError, RefusedError

__all__ = ["refuse_extensions"]

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FUNCTION = re.compile(r"(?<![\w-])(?:bif|sql):|<(?:b|bi|bif|s|sq|sql)>", re.IGNORECASE)
_COMMENT_LINE = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_STATEMENT = re.compile(r"\bdefine\s+[\w-]+:", re.IGNORECASE)


def refuse_extensions(query: str) -> None:
    """Refuse a query that uses extensions of Virtuoso which could open addresses or reach its SQL.

    Its function `bif:http_get` fetches any address, also for a user without rights. The names are searched in the whole
    text, strings included: an engine may take for code what a lexer of ours takes for a string.

    Raises:
        RefusedError: it names such a function.
        QuerySyntaxError: it begins with DEFINE.
    """
    text = _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), query)
    if _FUNCTION.search(text):
        raise RefusedError(
            "The query names functions of the engine's own (bif: or sql:), which this service calls for nobody. "
            "Use the functions of SPARQL 1.1, and other prefixes."
        )
    if _STATEMENT.search(_COMMENT_LINE.sub("", text.split("{", 1)[0])):
        raise QuerySyntaxError("DEFINE is not SPARQL 1.1: begin with BASE, PREFIX or the form of the query.")
