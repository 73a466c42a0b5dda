"""How much of what a question is about the data tell: of six partnerships, four state a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fsp.catalogue.parameters import Term
from fsp.catalogue.query import CannedQuery
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions

__all__ = ["Covered", "measure_coverage"]


@dataclass(frozen=True, slots=True)
class Covered:
    """One statement of coverage with its numbers.

    Attributes:
        stating: of how many things the data tell it.
        all: how many things there are.
        text: what they are and what is told of them, in the plural: 'contracts state a value'.
    """

    stating: int
    all: int
    text: str


def measure_coverage(executor: Executor, query: CannedQuery, terms: Mapping[str, Sequence[Term]]) -> list[Covered]:
    """Return the coverage that a query's header declares, counted for the parameters that it restricts.

    Args:
        executor: evaluates the queries.
        query: the query.
        terms: terms by parameter, as `CannedQuery.bind` takes them.

    Raises:
        FspError: as `Executor.execute`.
    """
    measured = []
    for declared in query.coverage:
        row = solutions(executor, query.bind_coverage(declared, terms))[0]
        measured.append(Covered(int(str(row["stating"])), int(str(row["all"])), declared.text))
    return measured
