"""GSS codes through time: which code named the area of which authority, from when until when."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from fsp.linking.identifiers import Identifier
from fsp.linking.registers.model import Area
from fsp.linking.registers.tables import Row, read_table

__all__ = ["GSS", "Geography", "read_geography"]

GSS = "gss-code"

_FOLDER = "govuk-registers-archive"
_REGISTERS = {
    "county-eng": "county",
    "local-government-district-nir": "ni-district",
    "london-borough-eng": "london-borough",
    "metropolitan-district-eng": "metropolitan-district",
    "non-metropolitan-district-eng": "non-metropolitan-district",
    "unitary-authority-eng": "unitary-authority",
    "unitary-authority-wls": "welsh-unitary-authority",
}
_AUTHORITY = ("local-authority-eng", "local-authority-nir", "principal-local-authority")
_END_OF_CURRENT = "The end of a GSS code that the newer source still has as current is dropped."
_NEW_CODE = "A GSS code that gss_code_changes.csv replaces ends the day before, and the new code begins."
_WITH_AUTHORITY = "The GSS code of an abolished authority ends on the authority's last day."


@dataclass(frozen=True)
class Geography:
    """The codes that the GOV.UK registers and the table of changes know.

    Attributes:
        periods: start and end of each code.
        codes: the codes of each authority.
        changes: rows of `gss_code_changes.csv`, by the old code.
        areas: former areas whose authority the registers do not name.
    """

    periods: dict[str, tuple[date | None, date | None]]
    codes: dict[str, set[str]]
    changes: dict[str, Row] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()

    def identifiers(
        self, code: str, current: str, former: Iterable[str], last_day: date | None, repairs: Counter[str]
    ) -> list[Identifier]:
        """Return the GSS codes of an authority.

        Args:
            code: the authority.
            current: the code that the main source has as the authority's own.
            former: the codes that it has as former ones.
            last_day: the authority's last day.
            repairs: where to count what a rule mended.
        """
        values = {current, *former, *self.codes.get(code, ())} - {""}
        found = {value: Identifier(GSS, value, *self.periods.get(value, (None, None))) for value in values}
        if current and found[current].end is not None:
            found[current] = replace(found[current], end=None)
            repairs[_END_OF_CURRENT] += 1
        latest = current
        for change in self.changes.values():
            if change["local_authority_code"] == code:
                latest = self._apply(change, found, latest, repairs)
        if latest and last_day is not None and found[latest].end is None:
            found[latest] = replace(found[latest], end=last_day)
            repairs[_WITH_AUTHORITY] += 1
        starts = {one.start: one.value for one in found.values() if one.start}
        return [_followed(one, starts, latest) for one in found.values()]

    def _apply(self, change: Row, found: dict[str, Identifier], latest: str, repairs: Counter[str]) -> str:
        """Apply one change of code; return the authority's latest code."""
        old, new, day = change["old_gss"], change["new_gss"], date.fromisoformat(change["operative_date"])
        before, after = found.get(old, Identifier(GSS, old)), found.get(new, Identifier(GSS, new))
        end = day - timedelta(days=1)
        repairs[_NEW_CODE] += (before.end, after.start) != (end, day)
        found[old] = replace(before, end=end, replaced_by=new)
        found[new] = replace(after, start=day, source=change["document"] or None)
        return new if old == latest else latest


def _followed(identifier: Identifier, starts: dict[date, str], latest: str) -> Identifier:
    """Return a former code with the code that took its place: that of the day after, else the latest."""
    if identifier.value == latest or identifier.replaced_by or not latest:
        return identifier
    after = starts.get(identifier.end + timedelta(days=1)) if identifier.end else None
    return replace(identifier, replaced_by=after or latest)


def read_geography(folder: Path) -> Geography:
    """Read the GOV.UK registers of statistical geography and the changes since.

    Args:
        folder: the source folder.

    Raises:
        DataError: a table is missing or has another form.
    """
    periods: dict[str, tuple[date | None, date | None]] = {}
    codes: dict[str, set[str]] = {}
    areas = []
    for name, kind in _REGISTERS.items():
        for row in read_table(folder, f"{_FOLDER}/statistical-geography-{name}.csv", ("key", "start-date", "end-date")):
            start, end = _day(row["start-date"]), _day(row["end-date"])
            periods[row["key"]] = (start, end)
            authority = next((row[column] for column in _AUTHORITY if row.get(column)), None)
            if authority is not None:
                codes.setdefault(authority, set()).add(row["key"])
            elif row.get("name"):
                areas.append(Area(row["name"], kind, Identifier(GSS, row["key"], start, end)))
    areas.sort(key=lambda area: area.identifier.value)
    return Geography(periods, codes, _read_changes(folder), tuple(areas))


def _read_changes(folder: Path) -> dict[str, Row]:
    """Read the changes of codes, each with the address of the `document` that made it, where one is given."""
    columns = ("local_authority_code", "old_gss", "new_gss", "operative_date", "instrument", "evidence")
    rows = read_table(folder, "gss_code_changes.csv", columns)
    documents: dict[str, str] = {"": ""}
    for row in rows:
        address = re.search(r"https://[^\s,;]+", row["evidence"])
        if address and row["instrument"]:
            documents[row["instrument"]] = address[0]
    return {row["old_gss"]: {**row, "document": documents.get(row["instrument"], "")} for row in rows}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
