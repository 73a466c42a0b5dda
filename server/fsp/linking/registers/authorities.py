"""Put the register of local authorities together from the tables of the source folder."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fsp.errors import DataError
from fsp.linking.identifiers import Identifier
from fsp.linking.registers import repairs as rules
from fsp.linking.registers.archive import Archive, read_archive
from fsp.linking.registers.geography import Geography, read_geography
from fsp.linking.registers.model import Authority, LocalAuthorities, Name
from fsp.linking.registers.names import names_of
from fsp.linking.registers.planning import Planning, read_planning
from fsp.linking.registers.tables import Row, read_table

__all__ = ["KINDS", "read_local_authorities"]

KINDS = {
    "CC": "city-corporation",
    "COMB": "combined-authority",
    "CTY": "county",
    "LBO": "london-borough",
    "MD": "metropolitan-district",
    "NID": "ni-district",
    "NMD": "non-metropolitan-district",
    "SCO": "scottish-unitary-authority",
    "SRA": "strategic-regional-authority",
    "UA": "unitary-authority",
    "WPA": "welsh-unitary-authority",
}
"""The concept of each type of authority, by the code that the sources have for it."""

_MAIN = "uk_local_authorities_current.csv"
_COLUMNS = (
    "local-authority-code",
    "official-name",
    "nice-name",
    "gss-code",
    "start-date",
    "end-date",
    "replaced-by",
    "nation",
    "region",
    "local-authority-type",
    "county-la",
    "combined-authority",
    "former-gss-codes",
    "BS-6879",
    "ecode",
    "gov-uk-slug",
    "lat",
    "long",
    "old-ons-la-code",
    "os",
    "snac",
)
_WIKIDATA = "http://www.wikidata.org/entity/"
_PLANNING = "https://www.planning.data.gov.uk/entity/"


def read_local_authorities(folder: Path) -> LocalAuthorities:
    """Read the tables and put the register together.

    Args:
        folder: the source folder, with the tables of mySociety, `planning-data` and `govuk-registers-archive`.

    Raises:
        DataError: a table is missing or has another form, or a row cannot be read or names a successor that has none.
    """
    main = read_table(folder, _MAIN, _COLUMNS)
    repairs: Counter[str] = Counter()
    gss = {row["local-authority-code"]: row["gss-code"] for row in main}
    lookup: dict[str, list[str]] = {}
    for row in read_table(folder, "lookup_name_to_registry.csv", ("la-name", "local-authority-code")):
        lookup.setdefault(row["local-authority-code"], []).append(row["la-name"])
    builder = _Builder(
        {row["local-authority-code"]: row for row in main},
        lookup,
        read_planning(folder, gss, repairs),
        read_archive(folder),
        read_geography(folder),
        repairs,
    )
    authorities = [*map(builder.authority, main), *map(builder.unknown, builder.planning.unknown)]
    regions = builder.planning.regions({row["local-authority-code"]: row["region"] for row in main})
    return LocalAuthorities(
        tuple(sorted(authorities, key=lambda one: one.code)),
        builder.geography.areas,
        regions,
        {rule: number for rule, number in sorted(repairs.items()) if number},
        tuple(sorted(builder.left_out)),
    )


@dataclass
class _Builder:
    """The tables, and what is counted while the register is put together from them."""

    rows: dict[str, Row]
    lookup: dict[str, list[str]]
    planning: Planning
    archive: Archive
    geography: Geography
    repairs: Counter[str]
    left_out: list[str] = field(default_factory=list)

    def authority(self, row: Row) -> Authority:
        """Return the authority of a row of the main source."""
        code = row["local-authority-code"]
        dissolved = self._last_day(row)
        archived = self.archive.row(row["nation"], code)
        names = names_of(row, self.lookup.get(code, ()), archived, self.planning.value(code, "name"), self.repairs)
        known_as = [row["nice-name"], *(name.text for name in (*names.official, *names.others))]
        return Authority(
            code=code,
            names=names.official,
            other_names=names.others,
            spellings=names.spellings,
            kind=KINDS[row["local-authority-type"]],
            nation=row["nation"],
            region=row["region"] if row["region"] not in {"", row["nation"]} else None,
            founded=self._founded(row),
            dissolved=dissolved,
            successors=tuple(sorted(filter(None, row["replaced-by"].replace(" ", "").split(",")))),
            overlaps=tuple(sorted(filter(None, (row["county-la"], row["combined-authority"])))),
            point=self._point(row),
            identifiers=tuple(sorted(self._identifiers(row, dissolved, known_as), key=_order)),
            same_as=tuple(self._same_as(code)),
            homepage=self.planning.value(code, "website") or None,
        )

    def unknown(self, row: Row) -> Authority:
        """Return an authority that only planning.data.gov.uk has; England is all that it covers."""
        self.repairs["An authority that the main source lacks is taken from planning.data.gov.uk."] += 1
        code = row["reference"]
        start = date.fromisoformat(row["start-date"]) if row["start-date"] else None
        return Authority(
            code=code,
            names=(Name(row["name"]),),
            other_names=(),
            spellings=(),
            kind=KINDS[row["local-authority-type"]],
            nation="England",
            region=None,
            founded=rules.found_on(row["start-date"]),
            dissolved=None,
            successors=(),
            overlaps=(),
            point=None,
            identifiers=(
                Identifier("gss-code", row["statistical-geography"], start),
                Identifier("wikidata", row["wikidata"]),
            ),
            same_as=(f"{_WIKIDATA}{row['wikidata']}", f"{_PLANNING}{row['entity']}"),
            homepage=row["website"] or None,
        )

    def _founded(self, row: Row) -> str | None:
        """Return the first day or year: the main source's, mended; an exact day of another source in that year."""
        code = row["local-authority-code"]
        main = rules.found_on(row["start-date"])
        self.repairs["A date that is a spreadsheet's year becomes that year."] += (main or "") != row["start-date"]
        stated = (self.archive.row(row["nation"], code).get("start-date", ""), self.planning.value(code, "start-date"))
        others = {other for other in map(rules.found_on, stated) if other}
        if main is None:
            self.repairs["A missing date of foundation is taken from the other sources."] += len(others) == 1
            return others.pop() if len(others) == 1 else None
        days = {other for other in others if other.startswith(f"{main}-")}
        if len(days) == 1:
            self.repairs["A year of foundation becomes the day that another source has in that year."] += 1
            return days.pop()
        if any(other[:4] != main[:4] for other in others):
            self.left_out.append(f"{code}: founded {', '.join(sorted({main, *others}))}, by different sources.")
            return None
        return main

    def _last_day(self, row: Row) -> date | None:
        code = row["local-authority-code"]
        stated = row["end-date"]
        if not stated:
            stated = self.planning.value(code, "end-date")
            self.repairs["A missing last day is taken from planning.data.gov.uk."] += bool(stated)
        if not stated:
            return None
        successors = [one for one in row["replaced-by"].replace(" ", "").split(",") if one]
        missing = [one for one in successors if one not in self.rows]
        if missing:
            raise DataError(
                f"{_MAIN}: {row['local-authority-code']} was replaced by {missing[0]}, and there is no row of that "
                "code. Is the file whole? Fetch it again.",
                file=_MAIN,
            )
        starts = [self.rows[one]["start-date"] for one in successors]
        end = date.fromisoformat(stated)
        last = rules.last_day(end, [date.fromisoformat(start) for start in starts if start])
        self.repairs["An end that is the first day of the successor becomes the day before."] += last != end
        return last

    def _point(self, row: Row) -> tuple[str, str] | None:
        latitude, longitude = rules.rounded_degrees(row["lat"]), rules.rounded_degrees(row["long"])
        return (latitude, longitude) if latitude and longitude else None

    def _identifiers(self, row: Row, last_day: date | None, names: list[str]) -> Iterator[Identifier]:
        code = row["local-authority-code"]
        former = [one.strip() for one in row["former-gss-codes"].split(",")]
        yield from self.geography.identifiers(code, row["gss-code"], former, last_day, self.repairs)
        os_id = rules.exact_os_id(row["os"], names, self.archive.os_ids)
        if row["os"] and os_id is None:
            self.left_out.append(f"{code}: no exact Ordnance Survey id was found for {row['os']}.")
        self.repairs["An Ordnance Survey id that is cut off to tens becomes the exact one."] += os_id is not None
        own = rules.own_code(row["BS-6879"], code, self.rows)
        self.repairs["A BS 6879 code that is another authority's is left out."] += own != (row["BS-6879"] or None)
        number = rules.la_number(row["old-ons-la-code"])
        values = {
            "org-id": self.archive.org_id(row["nation"], code),
            "bs-6879": own,
            "snac": row["snac"],
            "e-code": row["ecode"],
            "la-number": number,
            "gov-uk-slug": row["gov-uk-slug"],
            "os-id": os_id,
            "wikidata": self.planning.value(code, "wikidata"),
        }
        yield from (Identifier(scheme, value) for scheme, value in values.items() if value)

    def _same_as(self, code: str) -> Iterator[str]:
        """Yield addresses of the same body, as planning.data.gov.uk has them."""
        wikidata = self.planning.value(code, "wikidata")
        if wikidata:
            yield _WIKIDATA + wikidata
            yield _PLANNING + self.planning.value(code, "entity")
        yield from filter(None, (self.planning.value(code, "opendatacommunities-uri"),))


def _order(identifier: Identifier) -> tuple[str, str]:
    return identifier.scheme, identifier.value
