"""Where the text of a source can be read: the data hold places in it and digests, and never its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import DCTERMS, FOAF, PROV

from fsp.description.describe import term
from fsp.description.labels import labels, words
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions

__all__ = ["Source", "sources_elsewhere"]

_LEADS_TO = (PROV.hadPrimarySource, DCTERMS.source, PROV.wasDerivedFrom, FOAF.page)
"""The properties by which data tell on which page the text of a source stands."""
_MOST = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A text that citations point into.

    Attributes:
        iri: of the source.
        label: its name.
        places: addresses of the pages that have its text; none where the data tell of none.
    """

    iri: str
    label: str
    places: tuple[str, ...]


def sources_elsewhere(executor: Executor, iris: Iterable[str]) -> list[Source]:
    """Return some sources with the addresses at which their text can be read, whichever graph tells them.

    Args:
        executor: evaluates the queries.
        iris: of the sources; more than a page can name are left out.

    Raises:
        ValueError: one is no IRI.
        FspError: as `Executor.execute`.
    """
    asked = list(dict.fromkeys(iris))[:_MOST]
    if not asked:
        return []
    chosen = f"VALUES ?source {{ {' '.join(map(term, asked))} }} VALUES ?leads {{ {' '.join(map(term, _LEADS_TO))} }}"
    pattern = f"{chosen} ?source ?leads ?place ."
    query = f"SELECT DISTINCT ?source ?place WHERE {{ {{ {pattern} }} UNION {{ GRAPH ?graph {{ {pattern} }} }} }}"
    places: dict[str, list[str]] = {}
    for row in solutions(executor, f"{query} ORDER BY ?source ?place"):
        # Another scheme than that of the web could run code where it is a link.
        if str(row["place"]).startswith(("http://", "https://")):
            places.setdefault(str(row["source"]), []).append(str(row["place"]))
    names = labels(executor, asked)
    return [Source(iri, names.get(iri) or words(iri), tuple(places.get(iri, ()))) for iri in asked]
