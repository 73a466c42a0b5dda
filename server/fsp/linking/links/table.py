"""The table of evidence, `data/links.csv`: one row a link, each with what it rests on."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rdflib import URIRef

from fsp.errors import DataError
from fsp.linking.identifiers import Identifier
from fsp.linking.schemes import SCHEMES
from fsp.namespaces import THING

__all__ = ["COLUMNS", "HOMEPAGE", "PAGE", "REGISTER", "Link", "identifier_of", "read_links"]

HOMEPAGE = "homepage"
PAGE = "page"
REGISTER = "register"
COLUMNS = (
    "subject",
    "scheme",
    "identifier",
    "valid_from",
    "valid_to",
    "match",
    "of",
    "confidence",
    "evidence",
    "note",
)
"""The columns of the table."""

_NO_SCHEMES = {HOMEPAGE, PAGE, REGISTER}


@dataclass(frozen=True)
class Link:
    """One row.

    Attributes:
        subject: the body or place, below `https://w3id.org/fsp/id/`.
        scheme: short name of a scheme of identifiers; or `homepage`, `page`, `register`.
        identifier: the identifier in that scheme, the address of the page, or the authority's code in the register.
        start: first day on which the identifier is valid.
        end: last day on which it is.
        exact: whether the identifier names the subject itself; otherwise it names `of`, which the text may mean.
        of: name of the body that is identified, where that is not certain to be the subject.
        confidence: how sure the link is, from 0 to 1.
        evidence: addresses of what the link rests on; at least one.
        note: a remark for readers.
    """

    subject: str
    scheme: str
    identifier: str
    start: date | None
    end: date | None
    exact: bool
    of: str
    confidence: str
    evidence: tuple[str, ...]
    note: str

    @property
    def thing(self) -> URIRef:
        """IRI of the body or place."""
        return THING[self.subject]

    @property
    def owner(self) -> str:
        """What the IRIs of the link's own nodes begin with: the name of the subject, after its kind."""
        return self.subject.replace("/", "-")

    @property
    def is_place(self) -> bool:
        """Whether the subject is a place."""
        return self.subject.startswith("place/")


def identifier_of(link: Link, links: Iterable[Link]) -> Identifier:
    """Return the identifier that a link gives, with the one that took its place the day after.

    Args:
        link: a link whose scheme is a scheme of identifiers.
        links: all links, among them that of the later identifier.
    """
    day_after = link.end + timedelta(days=1) if link.end else None
    later = [
        one.identifier
        for one in links
        if day_after and (one.subject, one.scheme, one.start) == (link.subject, link.scheme, day_after)
    ]
    return Identifier(link.scheme, link.identifier, link.start, link.end, later[0] if later else None)


def read_links(path: Path) -> tuple[Link, ...]:
    """Read the table.

    Args:
        path: the CSV file.

    Raises:
        DataError: a column or a cell is missing, or a cell cannot be read; the error names the line.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, restval="")
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise DataError(f"{path.name}: the columns must be {', '.join(COLUMNS)}.", file=str(path), line=1)
        links = []
        for row in reader:
            try:
                links.append(_link(row))
            except ValueError as error:
                raise DataError(
                    f"{path.name}, line {reader.line_num}: {error}.", file=str(path), line=reader.line_num
                ) from error
        return tuple(links)


def _link(row: dict[str, str]) -> Link:
    for column in ("subject", "identifier", "evidence"):
        if not row[column]:
            raise ValueError(f"the cell {column} is empty")
    if row["scheme"] not in SCHEMES.keys() | _NO_SCHEMES:
        raise ValueError(f"there is no scheme {row['scheme']}")
    if row["match"] not in {"exact", "close"}:
        raise ValueError("match must be exact or close")
    if not 0 < float(row["confidence"]) <= 1:
        raise ValueError("confidence must be above 0 and not above 1")
    return Link(
        row["subject"],
        row["scheme"],
        row["identifier"],
        date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        row["match"] == "exact",
        row["of"],
        row["confidence"],
        tuple(row["evidence"].split()),
        row["note"],
    )
