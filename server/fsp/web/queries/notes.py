"""The evidence of a table as numbered notes: each passage once, and each row names those that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from fsp.catalogue.answer import ExplainedAnswer
from fsp.catalogue.choices import local_name
from fsp.catalogue.evidence import Citation
from fsp.execution.preview import Term as Cell

__all__ = ["Note", "Notes"]


@dataclass(frozen=True, slots=True)
class Note:
    """One note.

    Attributes:
        number: of the note, counted from 1.
        citation: the passage.
        basis: how the passage supports what rests on it, in a word.
        property: what the one property is called that it is evidence for; None for a thing as a whole.
        things: the IRIs of the things in the table that rest on it.
    """

    number: int
    citation: Citation
    basis: str
    property: str | None
    things: Sequence[str]


class Notes:
    """The notes of a table.

    Args:
        table: the rows and their evidence.
    """

    def __init__(self, table: ExplainedAnswer) -> None:
        self._table = table
        things = [thing for row in table.rows.rows for thing in table.things(row)]
        cited = table.evidence.of(things)
        self._notes = {
            citation: Note(number, citation, self._name(citation.basis), self._property(citation), about)
            for number, (citation, about) in enumerate(cited, start=1)
        }

    @property
    def all(self) -> list[Note]:
        """Every note, in the order of the source."""
        return list(self._notes.values())

    def _property(self, citation: Citation) -> str | None:
        return self._name(citation.property) if citation.property else None

    def _name(self, iri: str) -> str:
        return self._table.labels.get(iri) or local_name(NamedNode(iri))

    def of(self, row: Sequence[Cell | None]) -> dict[str, list[Note]]:
        """Return the notes of a row by their basis."""
        found: dict[str, list[Note]] = {}
        for citation, _ in self._table.evidence.of(self._table.things(row)):
            note = self._notes[citation]
            found.setdefault(note.basis, []).append(note)
        return dict(sorted(found.items(), key=lambda item: item[1][0].citation.basis, reverse=True))
