"""What the dataset says of itself, for whoever cites it."""

from dataclasses import dataclass

from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.namespaces import BASE
from fsp.prefixes import PREFIXES

__all__ = ["About", "describe_dataset"]


@dataclass(frozen=True, slots=True)
class About:
    """How a dataset is cited; what it does not say is None.

    Attributes:
        title: its title.
        creator: who made it.
        version: its version.
        modified: the day of its last change, such as 2026-11-22.
        licence: IRI of its licence.
        source: the title of what it was made from.
        digest: SHA-256 of the data as they are served.
    """

    title: str | None = None
    creator: str | None = None
    version: str | None = None
    modified: str | None = None
    licence: str | None = None
    source: str | None = None
    digest: str | None = None


def describe_dataset(executor: Executor) -> About:
    """Return what is told of the project's dataset where it is served; of other data only the digest is known.

    Raises:
        FspError: as `Executor.execute`.
    """
    found = [{name: str(term) for name, term in row.items()} for row in solutions(executor, _QUERY)]
    first = min(found, key=lambda row: sorted(row.items()), default={})
    return About(**first, digest=executor.digest)


_PATTERN = """VALUES ?dataset { $dataset }
    ?dataset dcterms:title ?title .
    OPTIONAL { ?dataset dcterms:creator ?maker . ?maker foaf:name ?creator }
    OPTIONAL { ?dataset owl:versionInfo ?version }
    OPTIONAL { ?dataset dcterms:modified ?modified }
    OPTIONAL { ?dataset dcterms:license ?licence }
    OPTIONAL { ?dataset dcterms:source ?from }"""
_QUERY = f"""PREFIX dcterms: <{PREFIXES["dcterms"]}>
PREFIX foaf: <{PREFIXES["foaf"]}>
PREFIX owl: <{PREFIXES["owl"]}>
SELECT DISTINCT ?title ?creator ?version ?modified ?licence ?source WHERE {{
  {{ {_PATTERN} }} UNION {{ GRAPH ?graph {{ {_PATTERN} }} }}
  OPTIONAL {{ ?from dcterms:title ?source }}
}}""".replace("$dataset", f"<{BASE}dataset>")
