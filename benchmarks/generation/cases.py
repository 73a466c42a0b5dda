"""One generated case after the other."""

from random import Random

from generation.details import Details
from generation.shared import Case, Organisation, Shared
from generation.terms import concept, integer_literal, iri, sha256_literal, text, thing
from generation.writer import Writer

__all__ = ["CaseWriter"]

_PRINCIPLES = {"provider-capacity": 35, "cross-sector-partnerships": 30, "additional-value": 20, "charitable-arms": 15}
"""The principles, and how many in a hundred cases illustrate each."""
_THEMES = (
    "Waste", "Schools", "Libraries", "Buses", "Care", "Parks", "Customer service", "Housing", "Highways", "Skills",
)  # fmt: skip
_BY_POSITION = 0.1
"""Share of the cases of which only their place in the source tells the principle."""
_WITH_CHARITY = 0.1
_AT_LENGTH = 0.12
"""Share of the cases that are told at length: with a contract, what was done, and what came of it."""


class CaseWriter:
    """Writes cases one by one, each into the source text that was begun last.

    Args:
        random: source of random numbers.
        cases: number of cases of the whole data set.
    """

    def __init__(self, random: Random, cases: int) -> None:
        self._random = random
        self._writer = Writer()
        self._shared = Shared(random, self._writer, cases)
        self._details = Details(random, self._writer, self._shared)
        self._source = ""
        self._offset = 0

    def begin_source(self, number: int) -> None:
        """Begin the source text that the following cases are told in."""
        self._source = f"made-{number}"
        self._offset = 0

    def end_source(self) -> list[str]:
        """Return the lines that describe the source text, whose length is known only now."""
        source, title = thing("source", self._source), f"Made-up case studies, {self._source}"
        self._writer.describe(source, ["fsp:SourceText", "foaf:Document"], title)
        self._writer.add(
            source,
            ("dcterms:title", text(title)),
            ("fsp:characterCount", integer_literal(self._offset)),
            ("fsp:sha256", sha256_literal(self._source)),
        )
        return self._writer.take()

    def case(self, number: int) -> list[str]:
        """Return the lines of one case."""
        place = self._shared.place()
        slug = f"{place.slug}-{number}"
        case = Case(thing("case", slug), slug, place, self._citation("stated"))
        label = f"{self._random.choice(_THEMES)} in {place.name}, {number}"
        principle = self._random.choices(tuple(_PRINCIPLES), tuple(_PRINCIPLES.values()))[0]
        self._writer.describe(case.term, ["fsp:CaseStudy"], label, f"How {place.name} worked with others.")
        self._writer.add(
            case.term,
            ("fsp:describes", thing("partnership", slug)),
            ("fsp:illustrates", concept("principle", principle)),
            ("dcterms:spatial", place.term),
            ("fsp:restsOn", case.citation),
        )
        if self._random.random() < _BY_POSITION:
            self._writer.add(case.term, ("fsp:restsOn", self._citation("by-position", "fsp:illustrates")))
        self._partnership(case, principle)
        return self._writer.take()

    def _partnership(self, case: Case, principle: str) -> None:
        council = self._shared.council(case)
        company, arm = self._shared.company(case, with_arm=principle == "charitable-arms")
        partnership, names = thing("partnership", case.slug), f"{council.name} and {company.name}"
        self._writer.describe(partnership, ["fsp:Partnership"], names, f"A partnership of {names}.")
        self._writer.add(
            partnership,
            ("fsp:formedDuring", self._shared.period()),
            ("fsp:describedIn", case.term),
            ("fsp:restsOn", case.citation),
        )
        self._participation(case, "1", council, self._random.choice(("client", "partner", "initiator")))
        role = self._random.choice(("contractor", "strategic-partner", "service-delivery-partner", "operator"))
        self._participation(case, "2", company, role)
        if arm:
            self._participation(case, "3", arm, self._random.choice(("funder", "supporter")))
        if self._random.random() < _WITH_CHARITY:
            role = self._random.choice(("trainer", "community-supporter", "volunteer-recruiter"))
            self._participation(case, "4", self._shared.charity(case), role)
        if self._random.random() < _AT_LENGTH:
            self._details.write(case, council, company, arm)

    def _participation(self, case: Case, number: str, member: Organisation, role: str) -> None:
        participation = thing("participation", f"{case.slug}-{number}")
        self._writer.describe(participation, ["fsp:Participation"], f"{member.name} as {role.replace('-', ' ')}")
        self._writer.add(
            participation,
            ("org:member", member.term),
            ("org:organization", thing("partnership", case.slug)),
            ("org:role", concept("partner-role", role)),
            ("fsp:describedIn", case.term),
            ("fsp:restsOn", case.citation),
        )

    def _citation(self, basis: str, evidence_for: str = "") -> str:
        """Describe the next passage of the source text and return its term."""
        start = self._offset
        end = self._offset = start + self._random.randint(40, 400)
        name = f"{self._source}-{start}-{end}"
        citation = thing("citation", name)
        self._writer.describe(citation, ["fsp:Citation"], f"Characters {start} to {end} of {self._source}")
        self._writer.add(
            citation,
            ("oa:hasSource", thing("source", self._source)),
            ("fsp:startOffset", integer_literal(start)),
            ("fsp:endOffset", integer_literal(end)),
            ("fsp:sha256", sha256_literal(name)),
            ("fsp:basis", concept("basis", basis)),
        )
        if evidence_for:
            self._writer.add(citation, ("fsp:evidenceFor", iri(evidence_for)))
        return citation
