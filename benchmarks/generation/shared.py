"""What cases share: places, organisations, services and periods, each described where it is first used."""

from calendar import monthrange
from datetime import date
from random import Random
from typing import NamedTuple

from generation.names import CHARITY_ENDINGS, COMPANY_ENDINGS, SERVICES, company_name, place_name
from generation.terms import concept, date_literal, thing
from generation.writer import Writer

__all__ = ["Case", "Organisation", "Place", "Shared"]

_MOST_PLACES = 400
_COMPANIES_PER_ARM = 8
"""Every eighth company has a charitable arm."""


class Place(NamedTuple):
    """A place: its term, its name, and what stands for it in other things' IRIs."""

    term: str
    name: str
    slug: str


class Organisation(NamedTuple):
    """An organisation: its term and its name."""

    term: str
    name: str


class Case(NamedTuple):
    """A case that is being written.

    Attributes:
        term: the case study's term.
        slug: what stands for the case in the IRIs of its things.
        place: where it is set.
        citation: the passage that its things rest on.
    """

    term: str
    slug: str
    place: Place
    citation: str


class Shared:
    """Picks shared things for a case, and describes each one the first time.

    Args:
        random: source of random numbers.
        writer: where descriptions go.
        cases: number of cases of the whole data set; it decides how many shared things there are.
    """

    def __init__(self, random: Random, writer: Writer, cases: int) -> None:
        self._random = random
        self._writer = writer
        self._written: set[str] = set()
        self._places = min(_MOST_PLACES, 4 + cases // 10)
        self._companies = 8 + cases // 20
        self._charities = 8 + cases // 15

    def place(self) -> Place:
        """Return any place; some have many more cases than others."""
        name = place_name(self._skewed(self._places))
        place = Place(thing("place", name.lower()), name, name.lower())
        if self._is_new(place.term):
            self._writer.describe(place.term, ["dcterms:Location"], name, "A made-up borough.")
        return place

    def council(self, case: Case) -> Organisation:
        """Return the council of the case's place."""
        place = case.place
        council = Organisation(thing("organisation", f"{place.slug}-council"), f"{place.name} Council")
        if self._is_new(council.term):
            classes = ["org:Organization", "cv:PublicOrganisation"]
            self._describe(council, classes, "council", "public", case)
            self._writer.add(council.term, ("dcterms:spatial", place.term))
        return self._in_case(council, case)

    def company(self, case: Case, *, with_arm: bool = False) -> tuple[Organisation, Organisation | None]:
        """Return any company, and its charitable arm if one is asked for."""
        number = self._skewed(self._companies)
        if with_arm:
            number -= number % _COMPANIES_PER_ARM
        ending, kind = COMPANY_ENDINGS[number % len(COMPANY_ENDINGS)]
        first_word = company_name(number)
        company = Organisation(thing("organisation", f"company-{number}"), f"{first_word} {ending}")
        if self._is_new(company.term):
            self._describe(company, ["org:Organization"], kind, "private", case)
        self._in_case(company, case)
        return company, self._arm(company, first_word, case) if with_arm else None

    def _arm(self, company: Organisation, first_word: str, case: Case) -> Organisation:
        arm = Organisation(f"{company.term[:-1]}-trust>", f"{first_word} Charitable Trust")
        if self._is_new(arm.term):
            classes = ["fsp:CharitableArm", "org:Organization"]
            self._describe(arm, classes, "charitable-trust", "third", case)
            self._writer.add(arm.term, ("fsp:charitableArmOf", company.term))
        return self._in_case(arm, case)

    def charity(self, case: Case) -> Organisation:
        """Return any charity."""
        number = self._skewed(self._charities)
        ending, kind = CHARITY_ENDINGS[number % len(CHARITY_ENDINGS)]
        name = f"{place_name(7 * number)} {ending}" + (
            f" {number // _MOST_PLACES + 1}" if number >= _MOST_PLACES else ""
        )
        charity = Organisation(thing("organisation", f"charity-{number}"), name)
        if self._is_new(charity.term):
            self._describe(charity, ["org:Organization"], kind, "third", case)
        return self._in_case(charity, case)

    def service(self, case: Case) -> str:
        """Return any service; the services that it is a part of are described in the same case."""
        name: str | None = self._random.choice(tuple(SERVICES))
        chosen = thing("service", str(name))
        while name is not None:
            label, larger = SERVICES[name]
            service = thing("service", name)
            if self._is_new(service):
                self._writer.describe(service, ["fsp:Service"], label)
                self._writer.add(service, ("fsp:restsOn", case.citation))
                if larger:
                    self._writer.add(service, ("dcterms:isPartOf", thing("service", larger)))
            self._writer.add(service, ("fsp:describedIn", case.term))
            name = larger
        return chosen

    def period(self) -> str:
        """Return a year, a month or a financial year between 1998 and 2024."""
        year, month = self._random.randint(1998, 2024), self._random.randint(1, 12)
        kind = self._random.random()
        if kind < 0.5:  # noqa: PLR2004 - half are years
            return self._period(f"year-{year}", str(year), date(year, 1, 1), date(year, 12, 31))
        if kind < 0.8:  # noqa: PLR2004 - three in ten are months
            last = date(year, month, monthrange(year, month)[1])
            return self._period(f"month-{year}-{month:02}", f"{last:%B} {year}", last.replace(day=1), last)
        label = f"{year}/{(year + 1) % 100}"
        # It may be a financial year: the days are the widest that it can cover.
        return self._period(f"year-{year}-{year + 1}", label, date(year, 1, 1), date(year + 1, 12, 31))

    def _period(self, name: str, label: str, earliest: date, latest: date) -> str:
        period = thing("period", name)
        if self._is_new(period):
            self._writer.describe(period, ["fsp:Period"], label)
            dates = ("fsp:earliestDate", date_literal(earliest)), ("fsp:latestDate", date_literal(latest))
            self._writer.add(period, *dates)
        return period

    def _describe(self, organisation: Organisation, classes: list[str], kind: str, sector: str, case: Case) -> None:
        self._writer.describe(organisation.term, classes, organisation.name)
        self._writer.add(
            organisation.term,
            ("org:classification", concept("organisation-type", kind)),
            ("fsp:sector", concept("sector", sector)),
            ("fsp:restsOn", case.citation),
        )

    def _in_case(self, organisation: Organisation, case: Case) -> Organisation:
        self._writer.add(organisation.term, ("fsp:describedIn", case.term))
        return organisation

    def _is_new(self, term: str) -> bool:
        if term in self._written:
            return False
        self._written.add(term)
        return True

    def _skewed(self, count: int) -> int:
        """Return a number below `count`: a few come often, most seldom."""
        return int(count * self._random.random() ** 2)
