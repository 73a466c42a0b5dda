"""Cite an answer so that whoever follows the link can tell whether it is still the same."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property

from flask import Response
from flask_babel import gettext

from fsp.catalogue.answer import MOST_ROWS, count_rows
from fsp.catalogue.digest import digest_answer
from fsp.catalogue.parameters import Term
from fsp.catalogue.query import CannedQuery
from fsp.dataset.about import About, describe_dataset
from fsp.web.queries.asked import Asked
from fsp.web.service import current_service

__all__ = ["Citing", "add_changes"]

_HEADER = "Fsp-Changed"


class Citing:
    """The citation of an answer. Nothing is kept: the link carries what it was made from.

    Args:
        asked: the request.
        terms: what was chosen for the query's parameters.
    """

    def __init__(self, asked: Asked, terms: Mapping[str, Sequence[Term]]) -> None:
        self._asked = asked
        self._query: CannedQuery = asked.query
        self._terms = terms

    @cached_property
    def about(self) -> About:
        """What the dataset says of itself."""
        return describe_dataset(current_service().executor)

    @cached_property
    def rows(self) -> str | None:
        """SHA-256 of the whole answer, see `digest_answer`; None where it is too long to be read for each page."""
        executor = current_service().executor
        text = self._query.bind(self._terms)
        if "rows" not in self._asked.pins and self._query.form == "SELECT" and count_rows(executor, text) > MOST_ROWS:
            return None
        return digest_answer(executor, text)

    @cached_property
    def link(self) -> str:
        """The permanent link: it says every parameter outright, and pins query, dataset and rows."""
        chosen = {
            name: [term.value for term in self._terms.get(name, parameter.default)] or [""]
            for name, parameter in self._query.parameters.items()
            if self._terms.get(name, parameter.default) or parameter.default
        }
        pins = {"version": self._query.version, "dataset": self.about.digest, "rows": self.rows}
        bare = Asked(self._query, None, self._asked.format, chosen, {}, {}, None)
        return bare.address(None, **pins)

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """Which of the things that the link pins are others now: `query`, `dataset`, `rows`."""
        pins = self._asked.pins
        now = {
            "query": pins.get("version") in {None, self._query.version},
            "dataset": pins.get("dataset") in {None, current_service().executor.digest},
            "rows": "rows" not in pins or pins["rows"] == self.rows,
        }
        return tuple(name for name, same in now.items() if not same)

    @property
    def is_pinned(self) -> bool:
        """Whether the request came by a permanent link."""
        return bool(self._asked.pins)

    @property
    def today(self) -> date:
        """The day on which the answer is read."""
        return datetime.now(UTC).date()

    @property
    def text(self) -> str:
        """The citation as a sentence."""
        about = self.about
        year = about.modified and about.modified[:4]
        made_by = " ".join(filter(None, (about.creator, f"({year})" if year else None)))
        version = about.version and gettext("Version %(version)s", version=about.version)
        title = gettext("“%(question)s” In: %(dataset)s", question=self._query.summary, dataset=self._title)
        read_on = gettext("Read on %(day)s", day=self.today.isoformat())
        return ". ".join(filter(None, (made_by, title, version, read_on, self.link))) + "."

    @property
    def bibtex(self) -> str:
        """The citation for BibTeX."""
        about = self.about
        note = "; ".join(
            filter(
                None,
                (
                    f"Query {self._query.name}, version {self._query.version}",
                    about.digest and f"dataset SHA-256 {about.digest}",
                    self.rows and f"rows SHA-256 {self.rows}",
                ),
            )
        )
        fields = {
            "author": about.creator and f"{{{_tex(about.creator)}}}",
            "title": f"{{{_tex(self._query.summary)}}}",
            "booktitle": _tex(self._title),
            "year": about.modified and about.modified[:4],
            "version": about.version and _tex(about.version),
            "url": self.link,
            "urldate": self.today.isoformat(),
            "note": _tex(note),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@misc{{fsp-{self._query.name}-{self._query.version},\n" + ",\n".join(lines) + "\n}"

    @property
    def _title(self) -> str:
        return self.about.title or gettext("RDF data without a description of their own")


def add_changes(response: Response, citing: Citing) -> None:
    """Say in a header, to whoever came by a permanent link, what is another thing now than when it was cited."""
    if citing.is_pinned:
        response.headers[_HEADER] = ", ".join(citing.changes) or "none"


def _tex(text: str) -> str:
    """Return a text with the characters escaped that TeX reads as commands."""
    special = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    special |= {sign: "\\" + sign for sign in "&%$#_"}
    return "".join(special.get(character, character) for character in text)
