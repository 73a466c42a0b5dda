"""Ask a query for one or several cases, and read its rows for a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from fsp.catalogue.parameters import Term
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.dataset.files import project_folder
from fsp.execution.interface import Executor, QueryRequest
from fsp.execution.preview import Preview, read_preview, short
from fsp.pictures.canvas import Cell

__all__ = ["Answer", "Row", "ask", "page_query"]

Row = Mapping[str, Cell]
"""A solution: by the name of each variable that is bound what a page shows, the label of a thing with its IRI."""
_LABEL = "Label"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer for a page.

    Attributes:
        query: the query.
        preview: its solutions as terms.
    """

    query: CannedQuery
    preview: Preview

    def rows(self) -> Iterator[Row]:
        """Yield the solutions."""
        for row in self.preview.rows:
            terms = dict(zip(self.preview.names, row, strict=True))
            yield {name: _cell(term, terms.get(name + _LABEL)) for name, term in terms.items() if term is not None}


def page_query(name: str) -> CannedQuery:
    """Return a query that only pages ask, or else a canned one.

    Raises:
        NotFoundError: there is none of that name.
    """
    own, canned = _catalogues()
    return own.get(name) if name in {query.name for query in own} else canned.get(name)


def ask(
    executor: Executor, name: str, terms: Mapping[str, Sequence[Term]], page: tuple[int, int] | None = None
) -> Answer:
    """Ask a query.

    Args:
        executor: evaluates it.
        name: of the query; see `page_query`.
        terms: terms by parameter.
        page: how many solutions to ask for, and how many to pass over; without it, as many as a page shows.

    Raises:
        FspError: as `Executor.execute`.
    """
    query = page_query(name)
    text = query.bind(terms)
    if page is not None:
        text += f"\nLIMIT {page[0]:d} OFFSET {page[1]:d}\n"
    return Answer(query, read_preview(executor, QueryRequest(text, None, None)))


@cache
def _catalogues() -> tuple[Catalogue, Catalogue]:
    return Catalogue.load(Path(__file__).with_name("queries")), Catalogue.load(project_folder() / "queries")


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, label: object) -> Cell:
    iri = term.value if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")) else None
    if isinstance(label, ox.Literal):
        return Cell(label.value, iri)
    return Cell(short(term) if isinstance(term, ox.NamedNode) else getattr(term, "value", str(term)), iri)
