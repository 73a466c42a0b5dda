"""What things are called, so that people need not read IRIs."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import Literal

from fsp.description.foreign import foreign_label
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.prefixes import PREFIXES

__all__ = ["batches", "labels"]

_AT_ONCE = 1000
"""IRIs in one query: their text stays far below the longest that is read."""


def labels(executor: Executor, iris: Iterable[str]) -> dict[str, str]:
    """Return the label of each thing that has one, English before other languages; else the one it has for pages.

    Args:
        executor: evaluates the query.
        iris: of the things; what is no IRI has no label.

    Raises:
        FspError: as `Executor.execute`.
    """
    asked = list(iris)
    found: dict[str, tuple[int, str]] = {}
    for values in batches(asked):
        query = f"""SELECT ?thing ?label WHERE {{
  VALUES ?thing {{ {values} }}
  {{ ?thing <{PREFIXES["skos"]}prefLabel> ?label }} UNION {{ ?thing <{PREFIXES["rdfs"]}label> ?label }}
}}"""
        for row in solutions(executor, query):
            label = row["label"]
            rank = (_strangeness(label.language if isinstance(label, Literal) else None), str(label))
            thing = str(row["thing"])
            found[thing] = min(found.get(thing, rank), rank)
    foreign = {iri: name for iri in asked if (name := foreign_label(iri)) is not None}
    return foreign | {thing: label for thing, (_, label) in found.items()}


def batches(iris: Iterable[str]) -> Iterator[str]:
    """Yield the terms of some IRIs as they stand in a VALUES block, each once, in blocks that are not too long."""
    terms = list(dict.fromkeys(str(ox.NamedNode(iri)) for iri in iris))
    for start in range(0, len(terms), _AT_ONCE):
        yield " ".join(terms[start : start + _AT_ONCE])


def _strangeness(language: str | None) -> int:
    if language is None:
        return 1
    return 0 if language.lower().split("-")[0] == "en" else 2
