"""Reconcile a column of a spreadsheet: what is added to each row, and what a person should look at, with the reason."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from fsp.linking.reconciliation.describing import describe
from fsp.linking.reconciliation.matching import Candidate
from fsp.linking.reconciliation.requests import DATE, LONGEST, Constraint, Query
from fsp.linking.reconciliation.scoring import Agreement, How
from fsp.linking.reconciliation.service import Reconciler

__all__ = ["ADDED", "Asked", "Counts", "reconciled_rows"]

ADDED = ("match", "match name", "score", "candidates", "review")
"""The columns that are added: the IRI of a match, its name, the best score, what else it may be, and why to look."""
_SHOWN = 3
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is matched.

    Attributes:
        column: the place of the column with the names.
        types: IRIs of types, one of which a match has.
        on: a day on which it existed; empty for any.
    """

    column: int
    types: tuple[str, ...] = ()
    on: str = ""


@dataclass
class Counts:
    """What became of the rows: `matched`, `review` and `empty`, and each reason for a look.

    Attributes:
        rows: by outcome.
        reasons: by reason, without names.
    """

    rows: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


def reconciled_rows(
    reconciler: Reconciler, rows: Iterable[list[Any]], asked: Asked, counts: Counts
) -> Iterator[list[Any]]:
    """Yield each row with the columns in `ADDED` behind it.

    Args:
        reconciler: finds the candidates.
        rows: the rows.
        asked: what is matched.
        counts: counted on the way.

    Raises:
        FspError: as `Reconciler.index`.
    """
    constraints = (Constraint(DATE, (asked.on,)),) if asked.on else ()

    @lru_cache(maxsize=_REMEMBERED)
    def added(text: str) -> tuple[tuple[Any, ...], str, str]:
        found = reconciler.candidates(Query(text, asked.types, limit=_SHOWN, constraints=constraints)) if text else []
        reason, about = _reason(reconciler, text, found)
        return _cells(found, f"{reason}: {about}" if about else reason), _outcome(text, found), reason

    for row in rows:
        cells, outcome, reason = added(_text(row[asked.column]))
        counts.rows[outcome] += 1
        if reason:
            counts.reasons[reason] += 1
        yield [*row, *cells]


def _text(value: object) -> str:
    """Return a cell as a person typed it: of a number without the `.0` that spreadsheets give it."""
    if value is None or isinstance(value, date | datetime):
        return "" if value is None else str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _outcome(text: str, found: list[Candidate]) -> str:
    if not text:
        return "empty"
    return "matched" if found and found[0].matches else "review"


def _cells(found: list[Candidate], review: str) -> tuple[Any, ...]:
    if not found:
        return ("", "", "", "", review)
    best = found[0]
    rest = found[1:] if best.matches else found
    others = "; ".join(f"{one.entity.label} ({one.score:g})" for one in rest)
    match = (best.entity.iri, best.entity.label) if best.matches else ("", "")
    return (*match, best.score, others, review)


def _reason(reconciler: Reconciler, text: str, found: list[Candidate]) -> tuple[str, str]:  # noqa: PLR0911 - a table
    """Return why a person should look at a row, and what about; both empty where there is no need."""
    if not text:
        return "nothing to match in this row", ""
    if not found:
        return "longer than a name" if len(text) > LONGEST else "nothing here is like it", ""
    best = found[0]
    if best.matches:
        if best.entity.end:
            return "matched, and it exists no longer", describe(reconciler.index, best.entity)
        return ("matched, though spelt otherwise", "") if best.evidence.how is How.SIMILAR else ("", "")
    identified = [one for one in found if one.evidence.how is How.IDENTIFIER]
    if identified and not reconciler.index.by_identifier(text):
        return "name and identifier do not go together", identified[0].entity.label
    fitting = [one for one in found if one.evidence.how >= How.SHORT and one.evidence.agreement >= Agreement.UNSAID]
    rivals = {  # the first of those that are known to be the same
        reconciler.index.group(one.entity.iri): one
        for one in reversed(fitting)
        if one.evidence.penalty == best.evidence.penalty
    }
    if len(rivals) > 1:
        return "it can mean more than one", " or ".join(one.entity.label for one in reversed(rivals.values()))
    if identified:
        return "it may be another identifier, or none", best.entity.label
    if best.evidence.agreement < Agreement.UNSAID and best.evidence.how > How.SIMILAR:
        return "a namesake of another kind", best.entity.label
    reasons = {How.INITIALS: "an abbreviation", How.SHORT: "a short form", How.SIMILAR: "like it, but not the same"}
    return reasons.get(best.evidence.how, "only a part of it is a name"), best.entity.label
