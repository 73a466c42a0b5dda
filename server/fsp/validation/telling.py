"""Make findings of what was found: SHACL results, slips, citations that do not match."""

from collections.abc import Iterator
from dataclasses import replace

from rdflib import URIRef
from rdflib.namespace import SH

from fsp.errors import DataError
from fsp.namespaces import FSP, SHAPES
from fsp.validation.citations import Fault, check_citations, check_source, find_source, read_citations
from fsp.validation.engine import UnionGraph
from fsp.validation.findings import Finding, Kind
from fsp.validation.places import Place
from fsp.validation.report import Result, Severity
from fsp.validation.slip import Mended, Slip
from fsp.validation.source import SourceText
from fsp.validation.wording import Wording, first_step

__all__ = ["citation_findings", "shape_finding", "slip_finding"]

_SHOWN_AT = {
    SHAPES["PartShape-case"]: FSP.describedIn,
    SHAPES["CaseStudyShape-partnership"]: FSP.describes,
    SHAPES.PercentageShape: FSP.numericValue,
    SHAPES.ReachedOutcomeShape: FSP.status,
}
"""The property whose line shows best what a rule about several properties is about."""


def slip_finding(slip: Slip, words: Wording) -> Finding:
    """Return the finding of a slip."""
    return Finding(
        rule=slip.rule,
        kind=Kind.VOCABULARY,
        severity=slip.severity,
        title=slip.title,
        message=slip.message,
        example=slip.example,
        place=slip.place,
        shown=words.user.shown(slip.place),
        focus=slip.focus,
        focus_label="" if slip.focus is None else words.name(slip.focus),
        path="" if slip.predicate is None else words.name(slip.predicate),
        value=slip.value,
        value_label="" if slip.value is None else words.name(slip.value),
    )


def shape_finding(result: Result, words: Wording, mended: Mended) -> Finding:
    """Return the finding of a SHACL result.

    Args:
        result: a result of the user's triples as they would be without the slips that could be mended.
        words: the words to tell it in.
        mended: how the user wrote what was mended.
    """
    written = replace(
        result,
        focus=mended.names.get(result.focus, result.focus),
        value=None if result.value is None else mended.names.get(result.value, result.value),
    )
    place = _place(result, words, mended)
    return Finding(
        rule=str(result.shape).rpartition("#")[2],
        kind=Kind.SHAPE,
        severity=result.severity,
        title=words.title(result),
        message=words.message(written),
        example=words.example(written, place),
        place=place,
        shown=words.user.shown(place),
        focus=written.focus,
        focus_label=words.name(written.focus),
        path=words.path(result),
        value=written.value,
        value_label="" if written.value is None else words.name(written.value),
    )


def _place(result: Result, words: Wording, mended: Mended) -> Place | None:
    step = first_step(result.predicate or words.shapes.value(result.shape, SH.path), words.shapes)
    if step is None:
        shown = _SHOWN_AT.get(URIRef(str(result.shape)))
        return mended.find(result.focus, shown, None if shown is not None else result.value)
    predicate, is_inverse = step
    if result.component in {SH.MaxCountConstraintComponent, SH.UniqueLangConstraintComponent}:
        # The one that is too many, not the first.
        pattern = (None, predicate, result.focus) if is_inverse else (result.focus, predicate, None)
        places = [place for triple in mended.graph.triples(pattern) if (place := mended.place_of(triple))]
        if places:
            return max(place.object for place in places)
    return mended.find(result.focus, predicate, result.value)


def citation_findings(source: SourceText | None, words: Wording) -> Iterator[Finding]:
    """Yield the citations of the user's files that do not match the text at hand; none where there is no text.

    Args:
        source: the text.
        words: the words to tell them in, with the user's files.
    """
    if source is None:
        return
    graph = UnionGraph(words.user.graph, words.published)
    try:
        node = find_source(graph, source)
    except DataError as error:
        yield Finding("citation-source", Kind.CITATION, Severity.VIOLATION, "Text that is not cited", str(error))
        return
    citations, _ = read_citations(words.user.graph, graph)
    own = [one for one in citations if one.source == node]
    faults = check_citations(own, source)
    if (node, None, None) in words.user.graph:
        faults = [*check_source(node, source, words.user.graph), *faults]
    for fault in faults:
        yield _citation_finding(fault, words)


def _citation_finding(fault: Fault, words: Wording) -> Finding:
    place = words.user.find(fault.node)
    things = ", ".join(words.name(thing) for thing in fault.things)
    return Finding(
        rule="citation-mismatch",
        kind=Kind.CITATION,
        severity=Severity.VIOLATION,
        title="Citation that does not match the text",
        message=f"{words.name(fault.node)}: {fault.reason}" + (f" It supports {things}." if things else ""),
        example='fsp cite --source FILE "the words" gives the citation of a passage.',
        place=place,
        shown=words.user.shown(place),
        focus=fault.node,
        focus_label=words.name(fault.node),
    )
