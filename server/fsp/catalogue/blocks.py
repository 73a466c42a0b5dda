"""The VALUES blocks of a query that are its parameters, and how other terms are put into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import pyoxigraph as ox

from fsp.catalogue.parameters import Term
from fsp.execution.tokens import Token, tokens

__all__ = ["Block", "blocks", "default_terms", "replace_blocks", "split_prologue"]


@dataclass(frozen=True, slots=True)
class Block:
    """One `VALUES ?name { … }` (SPARQL 1.1, InlineDataOneVar in section 19.8).

    Attributes:
        name: of its one variable.
        start: where the keyword begins, in code points.
        end: after its closing brace.
        inner: the text between its braces.
        line: of the keyword, counted from 1.
    """

    name: str
    start: int
    end: int
    inner: str
    line: int


@lru_cache(maxsize=256)
def blocks(query: str) -> tuple[Block, ...]:
    """Return the blocks of one variable; the lexer passes over what only looks like one in a comment or a string."""
    found = []
    terminals = list(tokens(query))
    for index, token in enumerate(terminals):
        if token.kind == "word" and token.text.upper() == "VALUES":
            variable, brace = (*terminals[index + 1 : index + 3], None, None)[:2]
            if variable is not None and brace is not None and variable.kind == "variable" and brace.text == "{":
                end = _closing(terminals[index + 3 :], query)
                inner = query[brace.start + 1 : end - 1]
                line = query.count("\n", 0, token.start) + 1
                found.append(Block(variable.text[1:], token.start, end, inner, line))
    return tuple(found)


def _closing(after: Sequence[Token], query: str) -> int:
    """Return where a block ends: terms hold no braces of their own."""
    return next((token.start + 1 for token in after if token.kind == "sign" and token.text == "}"), len(query))


def default_terms(query: str, block: Block) -> list[Term | None]:
    """Return the terms that stand in a block, read by the engine's own parser; None is UNDEF.

    Raises:
        SyntaxError: the block is no SPARQL.
        ValueError: a term is neither an IRI nor a literal.
    """
    prologue, _ = split_prologue(query)
    results = ox.Store().query(f"{prologue}\nSELECT ?value {{ VALUES ?value {{ {block.inner}\n}} }}")
    terms = [solution["value"] for solution in cast("ox.QuerySolutions", results)]
    if any(isinstance(term, (ox.BlankNode, ox.Triple)) for term in terms):
        raise ValueError("it holds something that is neither an IRI nor a literal")
    return [term if isinstance(term, (ox.NamedNode, ox.Literal)) else None for term in terms]


def replace_blocks(query: str, terms: Mapping[str, Sequence[Term]]) -> str:
    """Return a query with other terms in its blocks.

    A block without any term is taken out: joining UNDEF changes nothing (SPARQL 1.1, section 10.2.1), and engines
    plan better without it.

    Args:
        query: the text.
        terms: for each variable of a block the terms that replace what stands there.
    """
    parts: list[str] = []
    end = 0
    for block in blocks(query):
        if block.name in terms:
            # A term writes itself as N-Triples, with everything escaped that could end it.
            written = " ".join(str(term) for term in terms[block.name])
            parts += [query[end : block.start], f"VALUES ?{block.name} {{ {written} }}" if written else ""]
            end = block.end
    return "".join((*parts, query[end:]))


def split_prologue(query: str) -> tuple[str, str]:
    """Return the BASE and PREFIX declarations of a query, and what follows them."""
    forms = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
    start = next((token.start for token in tokens(query) if token.kind == "word" and token.text.upper() in forms), 0)
    return query[:start], query[start:]
