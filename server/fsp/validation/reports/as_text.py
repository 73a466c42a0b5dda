"""The report in words, for a terminal and for a log."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from fsp.validation.findings import CheckReport, Finding, Kind, RuleFindings
from fsp.validation.preview import Preview
from fsp.validation.report import Severity
from fsp.validation.reports.of_preview import preview_text
from fsp.validation.reports.words import about, counted, cut, printable, severity_name, told, verdict, wrapped

__all__ = ["WIDTH", "as_text", "styled_text"]

WIDTH = 80
"""Columns of a page of text."""

_MOST_SHOWN = 3
_MOST_TOLD = 20
_MOST_NAMED = 12
_INDENT = "   "
_STYLES = {Severity.VIOLATION: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_CONFORMS = "bold green"


def as_text(report: CheckReport, preview: Preview | None = None) -> str:
    """Return the report without colour, for 80 columns."""
    return styled_text(report, preview).plain


def styled_text(report: CheckReport, preview: Preview | None = None, width: int = WIDTH) -> Text:
    """Return the report with the styles that a terminal can show.

    Args:
        report: what was found.
        preview: what would change, where it is to be told too.
        width: columns to fit into; places and the user's own words are never broken.
    """
    gravest = report.findings[0].severity if report.findings else Severity.WARNING
    text = wrapped(verdict(report), width, style=_CONFORMS if report.conforms else _STYLES[gravest])
    for rule in report.rules():
        text.append("\n")
        for line in _rule(rule, width):
            text.append_text(line)
    if report.remarks:
        text.append("\nHow it was read:\n")
        for remark in report.remarks:
            text.append_text(wrapped(_place(remark, remark.message), width, _INDENT))
    if preview is not None:
        text.append("\n")
        text.append_text(preview_text(preview, width))
    return text


def _rule(rule: RuleFindings, width: int) -> Iterator[Text]:
    """Yield one broken rule: what it is, what to do, the first few places, and what a right one looks like."""
    first, times = rule.first, len(rule.findings)
    name = severity_name(first.severity).capitalize()
    heading = f"{name}: {first.title}" + (f" ({times:,} times)" if times > 1 else "")
    yield wrapped(heading, width, style=_STYLES[first.severity])
    shared, own = told(rule.findings)
    if shared:
        yield wrapped(shared, width, _INDENT)
    yield from _places(rule.findings, own, width)
    example = next((finding.example for finding in rule.findings if finding.example), "")
    if example:
        yield Text(f"{_INDENT}A right one:\n")
        yield from (Text(f"{_INDENT}  {line}\n", style="green") for line in printable(example).split("\n"))
    yield wrapped(f"(rule {first.rule})", width, _INDENT, style="dim")


def _places(findings: Sequence[Finding], own: Sequence[str], width: int) -> Iterator[Text]:
    for finding, words in zip(findings[:_MOST_SHOWN], own, strict=False):
        if finding.place or words:
            yield wrapped(_place(finding, words), width, _INDENT + "  ", style="bold")
        if finding.shown:
            for line in cut(printable(finding.shown).strip("\n"), width - len(_INDENT) - 2):
                yield Text(f"{_INDENT}  {line}\n", style="red" if line.strip() == "^" else "")
    differing = _MOST_TOLD if findings[0].kind is Kind.SYNTAX and len(set(own)) > 1 else _MOST_SHOWN
    for finding, words in zip(findings[_MOST_SHOWN:differing], own[_MOST_SHOWN:], strict=False):
        yield wrapped(_place(finding, words), width, _INDENT + "  ", style="bold")
    rest = findings[differing:]
    if rest:
        named = ", ".join(str(finding.place) if finding.place else about(finding) for finding in rest[:_MOST_NAMED])
        more = ", …" if len(rest) > _MOST_NAMED else ""
        yield wrapped(f"and {counted(len(rest), 'more', 'more')}: {named}{more}", width, _INDENT + "  ")


def _place(finding: Finding, words: str) -> str:
    return f"{finding.place}  {words}".rstrip() if finding.place else words
