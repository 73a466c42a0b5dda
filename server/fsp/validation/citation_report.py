"""What a check of citations found, and the ways to write it."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph

from fsp.validation.citations import Citation, Fault, check_citations, check_source, find_source, read_citations
from fsp.validation.coverage import Coverage
from fsp.validation.source import Passage, SourceText
from fsp.validation.terms import shown

__all__ = ["CitationReport", "citation_report", "citations_as_csv", "citations_as_json", "citations_as_text"]


@dataclass(frozen=True, slots=True)
class CitationReport:
    """What a check of citations found.

    Attributes:
        checked: how many citations were checked.
        faults: what is wrong with citations and source texts.
        coverage: what the citations cover of the text; None where no text was at hand.
        graph: what was checked.
    """

    checked: int
    faults: tuple[Fault, ...]
    coverage: Coverage | None
    graph: Graph

    @property
    def passes(self) -> bool:
        """Whether something was checked, nothing is wrong, and every sentence is covered."""
        return self.checked > 0 and not self.faults and not (self.coverage and self.coverage.uncovered)


def citation_report(graph: Graph, text: SourceText | None) -> CitationReport:
    """Check the citations of a graph.

    Args:
        graph: the graph.
        text: the source text, where it is at hand; otherwise only the form of the citations is checked.

    Raises:
        DataError: the text is not one that the graph knows.
    """
    citations, faults = read_citations(graph)
    if text is None:
        return CitationReport(len(citations) + len(faults), tuple(faults), None, graph)
    source = find_source(graph, text)
    own = [one for one in citations if one.source == source]
    wrong = [*faults, *check_source(source, text, graph), *check_citations(own, text)]
    within = tuple(one for one in own if one.end <= len(text.text))
    return CitationReport(len(own) + len(faults), tuple(wrong), Coverage(text, within), graph)


def citations_as_text(report: CitationReport) -> str:
    """Return the report in words."""
    lines = [_verdict(report)]
    if report.faults:
        lines += ["", "Wrong:"]
        for fault in report.faults:
            lines += [f"  {shown(fault.node, report.graph)}", f"    {fault.reason}"]
            lines += [f"    supports {shown(thing, report.graph)}" for thing in fault.things]
    coverage = report.coverage
    if coverage is not None:
        lines += ["", _coverage(coverage)]
        lines += _passages("Sentences that no citation covers:", coverage.uncovered)
        lines += _passages("Words that no citation covers, in sentences that are cited in part:", coverage.gaps)
        lines += _citations(
            "Too wide, and not counted: reaches over more than one sentence:", coverage.too_wide, report
        )
        lines += _citations("Unused, and not counted: nothing rests on it:", coverage.unused, report)
    return "\n".join(lines) + "\n"


def citations_as_json(report: CitationReport) -> str:
    """Return the report as one JSON object."""
    document: dict[str, object] = {
        "passes": report.passes,
        "checked": report.checked,
        "findings": [dict(zip(_COLUMNS, row, strict=True)) for row in _rows(report)],
    }
    if report.coverage is not None:
        document |= {"sentences": len(report.coverage.sentences), "share": round(report.coverage.share, 4)}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def citations_as_csv(report: CitationReport) -> str:
    """Return what was found as CSV (RFC 4180), a row for each finding and thing."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(report))
    return output.getvalue()


_COLUMNS = ("finding", "start", "end", "text", "citation", "thing")


def _rows(report: CitationReport) -> Iterator[tuple[str, int | None, int | None, str, str, str]]:
    for fault in report.faults:
        for thing in fault.things or ("",):
            yield "wrong", None, None, fault.reason, str(fault.node), str(thing)
    coverage = report.coverage
    if coverage is None:
        return
    for name, passages in (("uncovered sentence", coverage.uncovered), ("uncovered words", coverage.gaps)):
        for one in passages:
            yield name, one.start, one.end, one.text, "", ""
    for name, citations in (("too wide", coverage.too_wide), ("unused", coverage.unused)):
        for citation in citations:
            for thing in citation.things or ("",):
                text = coverage.text.passage(citation.start, citation.end).text
                yield name, citation.start, citation.end, text, str(citation.node), str(thing)


def _verdict(report: CitationReport) -> str:
    if not report.checked:
        return "Nothing checked: the data has no fsp:Citation of this source."
    how = "well-formed" if report.coverage is None else "recomputed"
    if not report.faults:
        return f"{report.checked} citations {how}, nothing wrong."
    return f"{report.checked} citations {how}, {len({fault.node for fault in report.faults})} things wrong."


def _coverage(coverage: Coverage) -> str:
    total = len(coverage.sentences)
    return f"Covered: {total - len(coverage.uncovered)} of {total} sentences, {coverage.share:.1%} of their characters."


def _passages(heading: str, passages: tuple[Passage, ...]) -> list[str]:
    return ["", heading, *(f"  {one.start}-{one.end}  {one.text}" for one in passages)] if passages else []


def _citations(heading: str, citations: tuple[Citation, ...], report: CitationReport) -> list[str]:
    if not citations:
        return []
    lines = ["", heading]
    for one in citations:
        lines.append(f"  {one.start}-{one.end}  {shown(one.node, report.graph)}")
        lines += [f"    supports {shown(thing, report.graph)}" for thing in one.things]
    return lines
