"""What a new case would change: the rows of the canned queries, and how many cases a principle, sector or place has."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox
from rdflib import Graph, URIRef

from fsp.catalogue.parameters import Parameter, Term
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.execution.preview import Term as Value
from fsp.prefixes import PREFIXES
from fsp.validation.gains import Gain, case_counts, gains

__all__ = ["Preview", "QueryChange", "Row", "preview"]

Row = tuple[Value | None, ...]
"""A solution: a term or None for each variable. Of a CONSTRUCT, a triple."""

_INSTANCES = "SELECT ?value ?class WHERE { ?value a/rdfs:subClassOf* ?class }"
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class QueryChange:
    """How the answer of one canned query would change.

    Attributes:
        query: the query. Parameters that choose things are left open; others have their default.
        names: its variables, in order.
        new: rows that it would have in addition.
        changed: rows about the same things that would say something else, before and after.
        gone: rows that it would no longer have.
    """

    query: CannedQuery
    names: tuple[str, ...]
    new: tuple[Row, ...]
    changed: tuple[tuple[Row, Row], ...]
    gone: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change.

    Attributes:
        changes: of each query whose answer would be another one.
        gains: of principles, sectors and places, those with the fewest cases first.
        asked: how many queries were asked.
        unasked: names of the queries for which no time was left.
    """

    changes: tuple[QueryChange, ...]
    gains: tuple[Gain, ...]
    asked: int
    unasked: tuple[str, ...]


def preview(part: Graph, published: ox.Store, catalogue: Catalogue, seconds: float = 30.0) -> Preview:
    """Return what would change if triples were published.

    Args:
        part: the triples.
        published: what is published. The triples are in its default graph until this returns, so nothing else may use
            it meanwhile.
        catalogue: the queries to ask.
        seconds: no further query is asked after that time. A query that is running is not ended.
    """
    end = time.monotonic() + seconds
    counts_before = case_counts(published)
    triples = ox.parse(part.serialize(format="nt"), ox.RdfFormat.N_TRIPLES, lenient=True, rename_blank_nodes=True)
    new = [triple for triple in triples if triple not in published]
    changes: list[QueryChange] = []
    unasked: list[str] = []
    for query in catalogue:
        if time.monotonic() > end:
            unasked.append(query.name)
            continue
        with _published_too(new, published):
            text = _opened(query, part, published)
            after = _answer(text, published)
        change = _compared(query, _answer(text, published), after)
        if change is not None:
            changes.append(change)
    with _published_too(new, published):
        gained = gains(counts_before, case_counts(published))
    return Preview(tuple(changes), tuple(gained), len(catalogue) - len(unasked), tuple(unasked))


@contextmanager
def _published_too(new: Sequence[ox.Quad], store: ox.Store) -> Iterator[None]:
    store.extend(new)
    try:
        yield
    finally:
        for quad in new:
            store.remove(quad)


# Queries


def _opened(query: CannedQuery, part: Graph, store: ox.Store) -> str:
    """Return the query about any thing; where it must be about some, about those that the triples describe."""
    terms: dict[str, Sequence[Term]] = {}
    for name, parameter in query.parameters.items():
        if parameter.type.is_iri and not parameter.required:
            terms[name] = ()
        elif parameter.type.is_iri:
            terms[name] = _described(parameter, part, store) or parameter.default
    return query.bind(terms)


def _described(parameter: Parameter, part: Graph, store: ox.Store) -> tuple[Term, ...]:
    """Return what can be chosen for a parameter among the things that the triples describe."""
    if parameter.choices_query is not None:
        found = store.query(parameter.choices_query)
    elif parameter.class_ is not None:
        class_: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple = ox.NamedNode(parameter.class_)
        found = store.query(_INSTANCES, prefixes=PREFIXES, substitutions={ox.Variable("class"): class_})
    else:
        return ()
    values = {solution["value"] for solution in cast("ox.QuerySolutions", found)}
    subjects = sorted({str(node) for node in part.subjects() if isinstance(node, URIRef)})
    return tuple(node for node in map(ox.NamedNode, subjects) if node in values)


def _answer(query: str, store: ox.Store) -> tuple[bytes, list[bytes]]:
    """Return the header and the rows of an answer, each a line, which are quick to compare."""
    results = store.query(query)
    if isinstance(results, ox.QueryTriples):
        return b"", sorted((results.serialize(format=ox.RdfFormat.N_TRIPLES) or b"").split(b"\n")[:-1])
    if isinstance(results, ox.QueryBoolean):
        return b"?answer", [b'"true"' if results else b'"false"']
    header, *rows = (results.serialize(format=ox.QueryResultsFormat.TSV) or b"").split(b"\n")
    return header, rows[:-1]


def _compared(
    query: CannedQuery, before: tuple[bytes, list[bytes]], after: tuple[bytes, list[bytes]]
) -> QueryChange | None:
    header, rows_before = before
    _, rows_after = after
    if rows_before == rows_after:
        return None
    gone = _rows(header, _without(rows_before, rows_after))
    new = _rows(header, _without(rows_after, rows_before))
    if not gone and not new:
        return None
    names = tuple(name.removeprefix("?") for name in header.decode().split("\t")) if header else _TRIPLE
    changed = list(_paired(gone, new)) if header else []
    paired = {id(row) for pair in changed for row in pair}
    return QueryChange(
        query=query,
        names=names,
        new=tuple(row for row in new if id(row) not in paired),
        changed=tuple(changed),
        gone=tuple(row for row in gone if id(row) not in paired),
    )


def _without(rows: Iterable[bytes], others: Iterable[bytes]) -> list[bytes]:
    """Return rows in their order without those that the others have too, as often as they have them."""
    left = Counter(others)
    kept = []
    for row in rows:
        if left[row] > 0:
            left[row] -= 1
        else:
            kept.append(row)
    return kept


def _rows(header: bytes, lines: list[bytes]) -> list[Row]:
    if not header:
        triples = ox.parse(b"\n".join(lines), ox.RdfFormat.N_TRIPLES)
        return [(triple.subject, triple.predicate, triple.object) for triple in triples]
    results = ox.parse_query_results(b"\n".join((header, *lines, b"")), ox.QueryResultsFormat.TSV)
    solutions = cast("ox.QuerySolutions", results)
    return [tuple(solution) for solution in solutions]


def _paired(gone: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield pairs of a row that goes and a row that comes instead: both are about the same things."""
    if len(gone) == len(new) == 1 and _is_about_the_same(gone[0], new[0]):
        yield gone[0], new[0]
        return
    by_first: dict[Value | None, list[Row]] = {}
    for row in new:
        by_first.setdefault(row[0], []).append(row)
    for row in gone:
        candidates = by_first.get(row[0], [])
        match = next((other for other in candidates if _is_about_the_same(row, other)), None)
        if match is not None:
            candidates.remove(match)
            yield row, match


def _is_about_the_same(row: Row, other: Row) -> bool:
    """Return whether two rows name no different things: they differ in literals, or where one has nothing."""
    return all(
        one == two or None in {one, two} or (isinstance(one, ox.Literal) and isinstance(two, ox.Literal))
        for one, two in zip(row, other, strict=True)
    )
