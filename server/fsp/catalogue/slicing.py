"""Ask for a part of a query's solutions, and for how many there are.

Paging by a sub-select around the query would be wrong: its solutions are a multiset, whose order need not survive in
the outer query (SPARQL 1.1, section 18.2.4.4). So the slice is put on the query itself, after its own ORDER BY. Where
the query has a slice of its own, one slice of it is again a slice of the whole (section 18.5, Slice), reckoned here.
"""

from itertools import pairwise

from fsp.catalogue.blocks import split_prologue
from fsp.execution.tokens import Token, tokens

__all__ = ["count_solutions", "slice_solutions"]


def slice_solutions(query: str, offset: int, limit: int) -> str:
    """Return a SELECT query for some of its solutions, in its own order.

    Args:
        query: the text of a SELECT; its ORDER BY should leave no two solutions in doubt.
        offset: how many of its solutions to pass over.
        limit: how many to give at most.
    """
    found = _outermost(query)
    own = {token.text.upper(): (token, after) for token, after in _pairs(found) if after.kind == "number"}
    own_offset = int(own["OFFSET"][1].text) if "OFFSET" in own else 0
    if "LIMIT" in own:
        limit = max(0, min(limit, int(own["LIMIT"][1].text) - offset))
    clauses = f"\nLIMIT {limit}\nOFFSET {own_offset + offset}\n"
    place = next((token.start for token in found if token.text.upper() == "VALUES"), _end(query))
    edits = [(place, place, clauses)]
    edits += [(word.start, number.start + len(number.text), "") for word, number in own.values()]
    for start, end, text in sorted(edits, reverse=True):
        query = query[:start] + text + query[end:]
    return query


def count_solutions(query: str) -> str:
    """Return a query that counts the solutions of a SELECT as `?rows`; their order matters to no count."""
    prologue, body = split_prologue(query)
    return f"{prologue}SELECT (COUNT(*) AS ?rows) WHERE {{ {{ {body}\n}} }}"


def _outermost(query: str) -> list[Token]:
    """Return the words and numbers after the query's pattern that stand in no brackets: its solution modifiers."""
    depth, found = 0, list[Token]()
    for token in tokens(query):
        if token.text in {"{", "("} and token.kind == "sign":
            depth += 1
        elif token.text in {"}", ")"} and token.kind == "sign":
            depth -= 1
        elif depth == 0 and token.kind in {"word", "number"}:
            found.append(token)
    return found


def _pairs(found: list[Token]) -> list[tuple[Token, Token]]:
    """Return each LIMIT and OFFSET with what follows it."""
    return [(token, after) for token, after in pairwise(found) if token.text.upper() in {"LIMIT", "OFFSET"}]


def _end(query: str) -> int:
    """Return the place after the last terminal: a comment may follow it."""
    return max((token.start + len(token.text) for token in tokens(query)), default=0)
