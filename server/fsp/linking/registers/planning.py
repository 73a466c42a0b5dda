"""The English authorities as planning.data.gov.uk has them: Wikidata, site, dates, ONS regions."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fsp.linking.registers.tables import Row, read_table

__all__ = ["Planning", "read_planning"]

_TABLE = "planning-data/local-authority.csv"
_COLUMNS = (
    "reference",
    "name",
    "entity",
    "wikidata",
    "website",
    "statistical-geography",
    "opendatacommunities-uri",
    "start-date",
    "end-date",
    "region",
    "local-authority-type",
)
_BY_CODE = "A row of planning.data.gov.uk under a reference of its own is joined by its GSS code."


@dataclass(frozen=True)
class Planning:
    """The rows, each with the code of its authority.

    Attributes:
        rows: rows of each authority; two where the body is listed under two names.
        unknown: rows of bodies that the main source does not have.
    """

    rows: Mapping[str, tuple[Row, ...]]
    unknown: tuple[Row, ...]

    def value(self, code: str, column: str) -> str:
        """Return what the rows of an authority say in a column: the first that says something."""
        return next((row[column] for row in self.rows.get(code, ()) if row[column]), "")

    def regions(self, names: Mapping[str, str]) -> dict[str, str]:
        """Return the GSS code of each region, by its name: the pair that most authorities have.

        Args:
            names: the name of the region of each authority, in another source.
        """
        pairs = Counter(
            (names[code], row["region"])
            for code, rows in self.rows.items()
            for row in rows
            if names.get(code) and row["region"]
        )
        chosen: dict[str, str] = {}
        for (name, region), _ in pairs.most_common():
            if name not in chosen and region not in chosen.values():
                chosen[name] = region
        return chosen


def read_planning(folder: Path, gss: Mapping[str, str], repairs: Counter[str]) -> Planning:
    """Read the table and find the authority of each row: by its code, else by its GSS code.

    Args:
        folder: the source folder.
        gss: the GSS code of each authority of the main source.
        repairs: where to count the rows that were joined by GSS code.

    Raises:
        DataError: the table is missing or has another form.
    """
    by_gss = {value: code for code, value in gss.items() if value}
    found: dict[str, list[Row]] = {}
    unknown = []
    for row in _sorted(read_table(folder, _TABLE, _COLUMNS), gss):
        code = row["reference"]
        if code not in gss:
            code = by_gss.get(row["statistical-geography"], "")
            if not code:
                unknown.append(row)
                continue
            repairs[_BY_CODE] += 1
        found.setdefault(code, []).append(row)
    return Planning({code: tuple(rows) for code, rows in found.items()}, tuple(unknown))


def _sorted(rows: Iterable[Row], gss: Mapping[str, str]) -> list[Row]:
    """Return the rows with those first whose reference is the authority's own code."""
    return sorted(rows, key=lambda row: (row["reference"] not in gss, row["reference"]))
