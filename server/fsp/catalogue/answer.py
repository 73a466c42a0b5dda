"""A part of the answer to a canned query with all that explains it: labels, evidence, coverage."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from fsp.catalogue.coverage import Covered, measure_coverage
from fsp.catalogue.evidence import Citation, Evidence, find_evidence
from fsp.catalogue.labels import labels
from fsp.catalogue.parameters import Term
from fsp.catalogue.query import CannedQuery
from fsp.catalogue.slicing import count_solutions, slice_solutions
from fsp.catalogue.table import Column, columns, is_number
from fsp.execution.interface import Executor, QueryRequest
from fsp.execution.preview import Preview, read_preview
from fsp.execution.preview import Term as Cell
from fsp.execution.solutions import solutions
from fsp.pictures.units import UNITS

__all__ = ["MOST_CITED", "MOST_ROWS", "ExplainedAnswer", "Slice", "count_rows", "explain"]

MOST_ROWS = 5_000
"""As many rows as are read at a time."""
MOST_CITED = 20_000
"""As many pairs of a row and a passage as a file lists."""
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of an answer.

    Attributes:
        number: of the page, counted from 1.
        size: the most rows of a page.
    """

    number: int = 1
    size: int = MOST_ROWS

    @property
    def offset(self) -> int:
        """How many rows stand before it."""
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class ExplainedAnswer:
    """Some rows of the answer to a SELECT, and what they mean.

    Attributes:
        query: the query.
        terms: what was chosen for its parameters.
        rows: the rows, as terms.
        part: which page of the answer they are.
        total: how many rows the whole answer has.
        labels: of the things in the rows and in the evidence, by IRI.
        evidence: of the things in the rows.
        coverage: how much the data tell.
    """

    query: CannedQuery
    terms: Mapping[str, Sequence[Term]]
    rows: Preview
    part: Slice
    total: int
    labels: Mapping[str, str]
    evidence: Evidence
    coverage: Sequence[Covered]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns to show."""
        return columns(self.rows.names, self.query.columns)

    @property
    def pages(self) -> int:
        """How many pages there are; an answer without rows is one."""
        return max(1, -(-self.total // self.part.size))

    @property
    def truncated(self) -> bool:
        """Whether rows of the answer stand on other pages or were left out."""
        return len(self.rows.rows) < self.total

    def label(self, row: Sequence[Cell | None], column: Column) -> str | None:
        """Return what a thing or the code of a unit is called; None for other values, and for what has no name."""
        given = None if column.label is None else row[column.label]
        if given is not None:
            return given.value if isinstance(given, (ox.Literal, ox.NamedNode)) else str(given)
        value = row[column.value]
        if isinstance(value, ox.Literal) and column.name.lower().endswith("unit"):
            return str(UNITS[value.value]) if value.value in UNITS else None
        return self.labels.get(value.value) if isinstance(value, ox.NamedNode) else None

    def cited(self, most: int = MOST_CITED) -> tuple[list[tuple[int, Citation, list[str]]], bool]:
        """Return the passages of each row with the things in it that rest on them, and whether that is all.

        Rows are counted from 1, as in the whole answer.

        Args:
            most: how many are returned: thousands of rows may rest on the same dozens of passages.
        """
        every = (
            (number, citation, things)
            for number, row in enumerate(self.rows.rows, start=self.part.offset + 1)
            for citation, things in self.evidence.of(self.things(row))
        )
        found = list(islice(every, most + 1))
        return found[:most], self.evidence.whole and len(found) <= most

    def is_numeric(self, column: Column) -> bool:
        """Tell whether a column holds numbers and nothing else."""
        values = [value for row in self.rows.rows if (value := row[column.value]) is not None]
        return bool(values) and all(is_number(value) for value in values)

    def things(self, row: Sequence[Cell | None]) -> Iterator[str]:
        """Yield the IRIs of a row."""
        yield from dict.fromkeys(value.value for value in row if isinstance(value, ox.NamedNode))


def count_rows(executor: Executor, text: str) -> int:
    """Return how many rows a SELECT has.

    Raises:
        FspError: as `Executor.execute`.
    """
    return int(str(solutions(executor, count_solutions(text))[0]["rows"]))


def explain(
    executor: Executor,
    query: CannedQuery,
    terms: Mapping[str, Sequence[Term]],
    part: Slice,
    timeout: float | None = None,
) -> ExplainedAnswer:
    """Ask a SELECT for some of its rows, and look up all that explains them.

    Args:
        executor: evaluates the queries.
        query: the query.
        terms: what was chosen for its parameters.
        part: which page of the answer; one past the end has no rows.
        timeout: seconds that the query may take, if fewer than the service's own limit.

    Raises:
        FspError: as `Executor.execute`.
    """
    text = query.bind(terms)
    total = count_rows(executor, text)
    request = QueryRequest(slice_solutions(text, part.offset, part.size), None, None, timeout=timeout)
    rows = read_preview(executor, request, most_solutions=part.size, most_bytes=_MOST_BYTES)
    iris = [value.value for row in rows.rows for value in row if isinstance(value, ox.NamedNode)]
    evidence = find_evidence(executor, iris)
    cited = [citation for found in evidence.by_thing.values() for citation in found]
    also = [iri for citation in cited for iri in (citation.source, citation.basis, citation.property) if iri]
    return ExplainedAnswer(
        query=query,
        terms=terms,
        rows=rows,
        part=part,
        total=total,
        labels=labels(executor, [*iris, *also]),
        evidence=evidence,
        coverage=measure_coverage(executor, query, terms),
    )
