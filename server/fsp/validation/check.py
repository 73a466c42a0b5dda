"""Check a user's files together with what is published, and tell what was found in plain words and with places."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from rdflib import URIRef

from fsp.dataset.files import DatasetFile
from fsp.prefixes import PREFIXES
from fsp.quiet import quiet
from fsp.validation.consequences import causes
from fsp.validation.findings import CheckReport, Finding, Kind
from fsp.validation.index import Index
from fsp.validation.lookalikes import lookalike_slips
from fsp.validation.places import ParsedFile, Place, SyntaxFault
from fsp.validation.published import Published
from fsp.validation.report import Result, Severity
from fsp.validation.slip import Mended, Slip, mend
from fsp.validation.source import SourceText
from fsp.validation.telling import citation_findings, shape_finding, slip_finding
from fsp.validation.things import class_slips, lone_slips, unknown_slips
from fsp.validation.units import unit_slips
from fsp.validation.userfiles import UserFiles
from fsp.validation.validate import validate_part
from fsp.validation.values import value_slips
from fsp.validation.vocabulary import namespace_slips, remarks, term_slips
from fsp.validation.wording import Wording

__all__ = ["Published", "check"]

_NOTHING = (
    "Nothing was checked: no shape is about any thing of the file. Give each thing one of the classes of the ontology, "
    f"such as a fsp:Partnership, and see that the namespace is <{PREFIXES['fsp']}>."
)


def check(
    files: Iterable[DatasetFile | ParsedFile], published: Published, *, source: SourceText | None = None
) -> CheckReport:
    """Check files together with what is published, to which they may refer.

    Args:
        files: the user's files, or what was read from them, such as a workbook.
        published: what is published.
        source: the source text, where it is at hand; the citations of it are then recomputed.

    Raises:
        DataError: a file cannot be opened or decompressed.
    """
    with quiet():
        return _checked(UserFiles.read(files), published, source)


def _checked(user: UserFiles, published: Published, source: SourceText | None) -> CheckReport:
    noted = tuple(_remark(fault) for fault in user.remarks)
    if user.faults:
        findings = tuple(_syntax_finding(fault) for fault in user.faults)
        return CheckReport(user.names, findings, checked=0, part=user.graph, readable=False, remarks=noted)
    words = Wording(user, published.graph, published.shapes)
    slips, mended = _slips(words, published)
    report = validate_part(published, user.graph)
    right = report if mended.graph is user.graph else validate_part(published, mended.graph)
    results = causes(right.results, slips, Index(mended.graph, base=published.index), published)
    slips += _lone(mended, results, slips, words, published)
    found = [slip_finding(slip, words) for slip in slips]
    found += [shape_finding(result, words, mended) for result in results]
    found += citation_findings(source, words)
    found += [_doubt(doubt) for doubt in user.doubts]
    if not right.checked:
        found.append(_nothing_checked(user))
    return CheckReport(
        files=user.names,
        findings=tuple(_sorted(found)),
        checked=right.checked,
        part=user.graph,
        shacl=report.graph,
        remarks=(*noted, *_remarks(words)),
    )


def _slips(words: Wording, published: Published) -> tuple[list[Slip], Mended]:
    """Return the faults that SHACL cannot see, and the user's triples without those whose correction is plain."""
    known = published.known
    slips = list(namespace_slips(words, known))
    mended = mend(words.user, slips)
    steps: Sequence[Callable[[Mended], Iterator[Slip]]] = (
        lambda now: term_slips(now, words, known),
        lambda now: value_slips(now, words, known),
        lambda now: unit_slips(now, words, known),
        lambda now: unknown_slips(now, words, known),
        lambda now: class_slips(now, words, known),
        lambda now: lookalike_slips(now, words, published.bodies),
    )
    for step in steps:
        found = list(step(mended))
        slips += found
        if any(slip.terms or slip.triples or slip.new for slip in found):
            mended = mend(words.user, slips)
    return slips, mended


def _lone(
    mended: Mended, results: Sequence[Result], slips: Sequence[Slip], words: Wording, published: Published
) -> list[Slip]:
    """Return the things that nothing refers to, unless a wrong link or a graver result may be the reason."""
    links = {slip.rule for slip in slips}.intersection({"unknown-thing", "text-for-thing", "no-class"})
    if links or any(isinstance(result.value, URIRef) for result in results):
        return []
    told = {result.focus for result in results}
    return [slip for slip in lone_slips(mended, words, published.known) if slip.focus not in told]


def _syntax_finding(fault: SyntaxFault) -> Finding:
    return Finding(
        rule="syntax",
        kind=Kind.SYNTAX,
        severity=Severity.VIOLATION,
        title="Cannot be read",
        message=fault.message,
        place=fault.place,
        shown=fault.shown().partition("\n")[2],
    )


def _doubt(fault: SyntaxFault) -> Finding:
    return replace(
        _syntax_finding(fault),
        rule="silent-key",
        kind=Kind.VOCABULARY,
        severity=Severity.WARNING,
        title="Key that says nothing",
    )


def _nothing_checked(user: UserFiles) -> Finding:
    return Finding(
        rule="nothing-checked",
        kind=Kind.COVERAGE,
        severity=Severity.VIOLATION,
        title="Nothing checked",
        message=_NOTHING,
        place=next((Place(name, 1, 1) for name in user.names), None),
    )


def _remark(fault: SyntaxFault) -> Finding:
    return Finding(
        rule="taken-as",
        kind=Kind.REMARK,
        severity=Severity.INFO,
        title="How it was understood",
        message=fault.message,
        place=fault.place,
        shown=fault.shown().partition("\n")[2],
    )


def _remarks(words: Wording) -> Iterator[Finding]:
    for message, term in remarks(words):
        place = words.user.find_term(URIRef(term))
        yield Finding(
            rule="left-alone",
            kind=Kind.REMARK,
            severity=Severity.INFO,
            title="Left alone",
            message=message,
            place=place,
            shown=words.user.shown(place),
        )


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    rank = {severity: number for number, severity in enumerate(Severity)}

    def place(finding: Finding) -> tuple[bool, str, int, int]:
        where = finding.place
        return (True, "", 0, 0) if where is None else (False, where.file, where.line, where.column)

    ordered = sorted(findings, key=place)
    first: dict[tuple[Severity, str], int] = {}
    for finding in ordered:
        first.setdefault((finding.severity, finding.rule), len(first))
    return sorted(ordered, key=lambda one: (rank[one.severity], first[one.severity, one.rule]))
