"""The order of columns in the page's table, where the query leaves it open."""

from dataclasses import replace

from fsp.execution.preview import Preview
from fsp.execution.tokens import tokens

__all__ = ["in_order_of_text"]


def in_order_of_text(result: Preview, query: str) -> Preview:
    """Return the answer to `SELECT *` with its columns in the order in which the query first names them.

    SPARQL gives them no order (SPARQL 1.1 Query, section 16.1), and the engine sorts them by name.

    Args:
        result: an answer.
        query: the query that it is the answer to.

    Returns:
        The answer; as it was where the query itself says which columns there are.
    """
    if not _selects_all(query):
        return result
    named = dict.fromkeys(token.text[1:] for token in tokens(query) if token.kind == "variable")
    order = {name: place for place, name in enumerate(named)}
    columns = sorted(range(len(result.names)), key=lambda column: order.get(result.names[column], len(order)))
    return replace(
        result,
        names=tuple(result.names[column] for column in columns),
        rows=tuple(tuple(row[column] for column in columns) for row in result.rows),
    )


def _selects_all(query: str) -> bool:
    """Tell whether the outermost SELECT, which is the first one, is followed by an asterisk."""
    words = (token.text.upper() for token in tokens(query))
    return "SELECT" in words and next((word for word in words if word not in {"DISTINCT", "REDUCED"}), "") == "*"
