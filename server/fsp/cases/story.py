"""What is told of some cases: gathered by a few queries for all of them, each statement with its passages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox
from flask_babel import gettext as _

from fsp.cases.ask import Answer, Row, ask
from fsp.cases.parts import PARTS, Part
from fsp.description.foreign import foreign_label
from fsp.execution.interface import Executor
from fsp.pictures.canvas import Cell
from fsp.pictures.units import quantity

__all__ = ["Fact", "Passage", "Statement", "Story", "Told", "stories"]


@dataclass(frozen=True, slots=True)
class Fact:
    """What one field of a statement says.

    Attributes:
        cell: its text, and the thing that it names.
        standing: its status or phase, which tells what was achieved from what is meant; None where it has none.
    """

    cell: Cell
    standing: Cell | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in the source that a thing rests on, and on what basis.

    Attributes:
        thing: what rests on it.
        citation: IRI of the citation.
        source: the source's name.
        start: its first character, counted from 0.
        end: the character after its last one.
        basis: stated, by position, or interpreted.
        supports: the property that it is evidence for; None where it is for the thing as a whole.
        source_sha256: digest of the source's whole text; None where it is not told.
    """

    thing: Cell
    citation: str | None
    source: Cell
    start: str
    end: str
    basis: Cell
    supports: Cell | None = None
    source_sha256: str | None = None

    @property
    def about(self) -> str:
        """The name of the property that it is evidence for, or nothing."""
        return self.supports.text if self.supports else ""


@dataclass(slots=True)
class Statement:
    """One row of a part: what it says, field by field, and the passages that it rests on."""

    fields: tuple[dict[Fact, None], ...]
    passages: Sequence[Passage] = ()


@dataclass(slots=True)
class Told:
    """A part as it is told of one case; `whole` says whether nothing was left out."""

    part: Part
    statements: Sequence[Statement]
    whole: bool = True


@dataclass(slots=True)
class Story:
    """All that a page tells of one case.

    Attributes:
        case: its label and IRI.
        head: what the queries say of the case itself, by the name of the variable.
        parts: by key, in the order of the page.
        passages: each statement's passage, in the order of the source.
        whole: whether no passage was left out.
    """

    case: Cell
    head: Mapping[str, tuple[Cell, ...]]
    parts: dict[str, Told] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    whole: bool = True

    def one(self, name: str) -> str:
        """Return the first text that the head has under a name, or nothing."""
        return next((cell.text for cell in self.head.get(name, ())), "")

    def bases(self) -> dict[str, int]:
        """Return for each basis how many passages rest on it."""
        counts: dict[str, int] = {}
        for passage in self.passages:
            counts[passage.basis.text] = counts.get(passage.basis.text, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: -item[1]))


def stories(executor: Executor, cases: Sequence[str]) -> list[Story]:
    """Gather what is told of some cases.

    Args:
        executor: evaluates the queries.
        cases: IRIs of case studies; those that there are none of are left out.

    Raises:
        FspError: as `Executor.execute`.
    """
    chosen = {"case": tuple(ox.NamedNode(case) for case in cases)}
    heads = _by_case(ask(executor, "head", chosen).rows())
    found = [Story(_head_cell(case, heads[case]), _head(heads[case])) for case in cases if case in heads]
    if not found:
        return []
    evidence = ask(executor, "evidence", chosen)
    passages = {case: [_passage(row) for row in rows] for case, rows in _by_case(evidence.rows()).items()}
    answers = _answers(executor, chosen)
    for story in found:
        iri = story.case.iri or ""
        story.passages, story.whole = passages.get(iri, []), evidence.preview.whole
        for part in PARTS:
            rows, whole = answers[part.key]
            told = _tell(part, rows.get(iri, []), story.passages)
            story.parts[part.key] = Told(part, told, whole)
    return found


def _answers(
    executor: Executor, chosen: Mapping[str, tuple[ox.NamedNode, ...]]
) -> dict[str, tuple[dict[str, list[Row]], bool]]:
    """Return for each part the rows of each case, and whether they are all."""
    answers: dict[str, tuple[dict[str, list[Row]], bool]] = {}
    for part in PARTS:
        if part.key == "changes":
            answers[part.key] = _changes(executor, answers["contracts"][0])
            continue
        answer = ask(executor, part.query, chosen)
        answers[part.key] = (_by_case(answer.rows()), answer.preview.whole)
    kept = _kept(ask(executor, "commitments-and-activities", chosen))
    rows, whole = answers["commitments"]
    joined = {case: [one for row in told for one in _with_kept(row, kept)] for case, told in rows.items()}
    answers["commitments"] = (joined, whole)
    return answers


def _changes(executor: Executor, contracts: Mapping[str, list[Row]]) -> tuple[dict[str, list[Row]], bool]:
    """Return the changes of the contracts of each case; the query for them knows contracts, not cases."""
    cases: dict[str | None, str] = {row["contract"].iri: case for case, rows in contracts.items() for row in rows}
    terms = tuple(ox.NamedNode(iri) for iri in cases if iri)
    if not terms:
        return {}, True
    answer = ask(executor, "contract-changes", {"contract": terms})
    found: dict[str, list[Row]] = {}
    for row in answer.rows():
        renamed = {"extension": "number", "extensionUnit": "unit"}
        found.setdefault(cases[row["contract"].iri], []).append(
            {renamed.get(key, key): cell for key, cell in row.items()}
        )
    return found, answer.preview.whole


def _kept(answer: Answer) -> dict[str | None, list[Row]]:
    """Return by commitment the rows of the activities that carry it out."""
    kept: dict[str | None, list[Row]] = {}
    for row in answer.rows():
        kept.setdefault(row["commitment"].iri, []).append(row)
    return kept


def _with_kept(row: Row, kept: Mapping[str | None, list[Row]]) -> Iterable[Row]:
    activities = kept.get(row["commitment"].iri)
    if not activities:
        return [row]
    return [{**row, "kept": activity["activity"], "keptStanding": activity["status"]} for activity in activities]


def _tell(part: Part, rows: Iterable[Row], passages: Sequence[Passage]) -> list[Statement]:
    """Return one statement for each thing, with all values that its rows have for each field."""
    statements: dict[str, Statement] = {}
    for row in rows:
        thing = row[part.thing].iri or row[part.thing].text
        if thing not in statements:
            own = [passage for passage in passages if passage.thing.iri == thing]
            statements[thing] = Statement(tuple({} for _column in part.columns), own)
        for column, values in zip(part.columns, statements[thing].fields, strict=True):
            cell = _quantity(row) if column.name == "quantity" else row.get(column.name)
            if cell is not None and cell.text:
                values[Fact(cell, row.get(column.standing or column.name + "Standing"))] = None
    return list(statements.values())


def _quantity(row: Row) -> Cell | None:
    """Return the number of a row in words: what it counts, its bound and its unit."""
    if "number" not in row:
        return None
    unit, per, bound = (row[name].text if name in row else "" for name in ("unit", "perUnit", "bound"))
    text = quantity(float(row["number"].text), unit, per, bound.lower())
    return Cell(f"{row['indicator'].text}: {text}" if "indicator" in row else text)


def _passage(row: Row) -> Passage:
    return Passage(
        thing=row["thing"],
        citation=row["citation"].iri,
        source=row.get("source", Cell(_("the source"))),
        start=row["start"].text,
        end=row["end"].text,
        basis=row["basis"],
        supports=_property(row["property"]) if "property" in row else None,
        source_sha256=row["sourceSha256"].text if "sourceSha256" in row else None,
    )


def _property(cell: Cell) -> Cell:
    """Return a property by its label; the ontology has none for those of other vocabularies."""
    return Cell(foreign_label(cell.iri or "") or cell.text, cell.iri)


def _head(rows: Iterable[Row]) -> dict[str, tuple[Cell, ...]]:
    found: dict[str, dict[Cell, None]] = {}
    for row in rows:
        for name, cell in row.items():
            found.setdefault(name, {})[cell] = None
    return {name: tuple(cells) for name, cells in found.items()}


def _head_cell(case: str, rows: Sequence[Row]) -> Cell:
    return Cell(rows[0]["case"].text, case)


def _by_case(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["case"].iri or "", []).append(row)
    return found
