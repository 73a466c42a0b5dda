"""The queries that are measured: what analysts ask, each with constants that change from one request to the next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from generation.terms import concept, iri

__all__ = ["MIX", "Constants", "Query", "analyst_queries", "canned_queries", "mixed"]

_FOLDER = Path(__file__).parents[1] / "queries"
_CANNED_FOLDER = Path(__file__).parents[2] / "queries"
_MEDIA_TYPES = {"construct": "text/turtle", "rows": "text/csv"}
_OTHER_MEDIA_TYPE = "application/sparql-results+json"
_PRINCIPLES = ("provider-capacity", "cross-sector-partnerships", "additional-value", "charitable-arms")
_WORDS = ("school", "waste", "librar", "bus", "care", "park", "customer", "hous", "highway", "skill")
_FIRST_OF_MIX = 1000

MIX = {
    "point": 35, "list": 15, "partners": 15, "construct": 10, "year": 5, "together": 5, "path": 5, "canned partners": 3,
    "text": 2, "top": 2, "absent": 1, "money": 1, "aggregate": 1,
}  # fmt: skip
"""How often each query stands among a hundred of the mix for throughput."""

_OWN = (
    "point", "list", "partners", "together", "path", "text", "year", "top", "absent", "money", "aggregate",
    "construct", "rows",
)  # fmt: skip
_CANNED = {
    "canned partners": ("partners-and-roles", "canned: partners in one case"),
    "canned contracts": ("contracts", "canned: every contract"),
    "canned cases": ("cases-by-principle", "canned: every case with its principle"),
}
"""Canned queries by name: the file and the title."""


@dataclass(frozen=True)
class Constants:
    """IRIs of the data set that stand in queries, in angle brackets."""

    cases: list[str]
    places: list[str]
    companies: list[str]

    @classmethod
    def read(cls, data: Path) -> "Constants":
        """Gather them from an N-Triples file of the generator."""
        classes = {"fsp:CaseStudy": "cases", "dcterms:Location": "places", "org:Organization": "organisations"}
        names = {iri(class_): name for class_, name in classes.items()}
        found: dict[str, list[str]] = {name: [] for name in classes.values()}
        with data.open(encoding="utf-8") as lines:
            for line in lines:
                subject, predicate, value = line.split(" ", 3)[:3]
                if predicate == iri("rdf:type") and value in names:
                    found[names[value]].append(subject)
        companies = [term for term in found["organisations"] if "/company-" in term and not term.endswith("-trust>")]
        return cls(found["cases"], found["places"], companies)

    def fill(self, text: str, number: int) -> str:
        """Put constants in the place of a query's `$CASE` and the like; the number chooses them."""
        values = {
            "$CASE": self.cases[number * 7919 % len(self.cases)],
            "$PLACE": self.places[number * 31 % len(self.places)],
            "$COMPANY": self.companies[number * 17 % len(self.companies)],
            "$PRINCIPLE": concept("principle", _PRINCIPLES[number % len(_PRINCIPLES)]),
            "$YEAR": str(1998 + number % 27),
            "$WORD": f'"{_WORDS[number % len(_WORDS)]}"',
        }
        for name, value in values.items():
            text = text.replace(name, value)
        return text


@dataclass(frozen=True)
class Query:
    """One query of the benchmark.

    Attributes:
        name: short name.
        title: what it asks, for the table.
        accept: media type to ask for.
        text: makes its text, the constants chosen by a number.
    """

    name: str
    title: str
    accept: str
    text: Callable[[int], str]

    def unique(self, number: int) -> str:
        """Return a text that no other number gives, so that no cache of answers can know it."""
        return f"{self.text(number)}\n# {number}"


def analyst_queries(constants: Constants) -> dict[str, Query]:
    """Return the queries by name: those of this folder, and some of the canned ones."""
    queries = {name: _own(name, constants) for name in _OWN}
    for name, (file, title) in _CANNED.items():
        text = _body(_CANNED_FOLDER / f"{file}.rq").replace("VALUES ?case { UNDEF }", "VALUES ?case { $CASE }")
        queries[name] = Query(name, title, _OTHER_MEDIA_TYPE, partial(constants.fill, text))
    return queries


def _own(name: str, constants: Constants) -> Query:
    """Read a query whose first line is its title."""
    title, _, text = (_FOLDER / f"{name}.rq").read_text(encoding="utf-8").partition("\n")
    media_type = _MEDIA_TYPES.get(name, _OTHER_MEDIA_TYPE)
    return Query(name, title.removeprefix("# "), media_type, partial(constants.fill, text))


def canned_queries() -> dict[str, str]:
    """Return the texts of the canned queries as they stand, by name."""
    return {file.stem: _body(file) for file in sorted(_CANNED_FOLDER.glob("*.rq"))}


def _body(file: Path) -> str:
    """Return a canned query without its header, which only makes the request longer."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+"))


def mixed(queries: dict[str, Query], seed: int = 1) -> Iterator[tuple[Query, int]]:
    """Yield queries of the mix without end, each with a number that is used for nothing else."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    names, weights = tuple(MIX), tuple(MIX.values())
    for number in count(_FIRST_OF_MIX):
        yield queries[random.choices(names, weights)[0]], number
