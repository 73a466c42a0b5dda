"""How every report that people read says what was found."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from rich.text import Text

from fsp.validation.findings import CheckReport, Finding, Kind
from fsp.validation.report import Severity

__all__ = [
    "DUTIES",
    "about",
    "by_severity",
    "counted",
    "cut",
    "printable",
    "severity_name",
    "told",
    "verdict",
    "wrapped",
]

DUTIES = {
    Severity.VIOLATION: "must be mended",
    Severity.WARNING: "should be mended",
    Severity.INFO: "worth a look",
}
"""What each severity asks of the reader."""

_NAMES = {
    Severity.VIOLATION: ("Violation", "Violations"),
    Severity.WARNING: ("Warning", "Warnings"),
    Severity.INFO: ("note", "notes"),
}
_BIDIRECTIONAL = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_HIDDEN = dict.fromkeys(({*range(0x20), *range(0x7F, 0xA0)} - {9, 10}) | _BIDIRECTIONAL, "\ufffd")
_CARET_CONTEXT = 0.6


def severity_name(severity: Severity, number: int = 1) -> str:
    """Return what one or more findings of a severity are called."""
    return _NAMES[severity][number != 1]


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with what it counts, such as `1 thing` or `1,024 things`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def verdict(report: CheckReport) -> str:
    """Return the outcome in one line."""
    if not report.readable:
        files = list(dict.fromkeys(one.place.file for one in report.findings if one.kind is Kind.SYNTAX and one.place))
        return f"Could not be read: {', '.join(files or report.files)}. Mend that first; the rest was not checked."
    things = f"{counted(report.checked, 'thing')} {'was' if report.checked == 1 else 'were'} checked"
    if report.conforms:
        return f"Conforms: {things}."
    found = _and([f"{counted(len(list(group)), *_NAMES[severity])}" for severity, group in by_severity(report)])
    if not report.checked:
        return f"Nothing checked: no rule is about any thing of {', '.join(report.files)}."
    return f"Does not conform: {found}; {things}."


def by_severity(report: CheckReport) -> Iterator[tuple[Severity, list[Finding]]]:
    """Yield the findings of each severity that there is, the gravest first."""
    for severity, group in groupby(report.findings, key=lambda finding: finding.severity):
        yield severity, list(group)


def told(findings: Sequence[Finding]) -> tuple[str, list[str]]:
    """Return what findings of one rule say in common, and what each of them says besides.

    The sentences that all messages end with are what the rule asks; before them each message may tell its own case.
    """
    messages = [finding.message.split(". ") for finding in findings]
    if all(message == messages[0] for message in messages):
        return findings[0].message, [about(finding) for finding in findings]
    ends = zip(*(reversed(message) for message in messages), strict=False)
    shared = [end[0] for end in takewhile(lambda end: len(set(end)) == 1, ends)][::-1]
    own = [". ".join(message[: len(message) - len(shared)]) for message in messages]
    return ". ".join(shared), [
        words + "." if shared and words else words or about(finding)
        for words, finding in zip(own, findings, strict=True)
    ]


def about(finding: Finding) -> str:
    """Return what a finding is about: the thing, the property and the value, as far as there are any."""
    value = "" if finding.value == finding.focus else finding.value_label
    return " · ".join(part for part in (finding.focus_label, finding.path, value) if part)


def printable(text: str) -> str:
    """Return text that cannot steer a terminal or reorder what is shown: control characters are made visible."""
    return text.translate(_HIDDEN)


def cut(shown: str, width: int) -> list[str]:
    """Return the user's line and the caret under it, cut around the caret to a width in characters."""
    lines = shown.split("\n")
    if max(map(len, lines)) <= width or len(lines) != 2 or lines[1].strip() != "^":  # noqa: PLR2004 - line and caret
        return [line if len(line) <= width else line[: width - 1] + "…" for line in lines]
    line, caret = lines[0], len(lines[1]) - 1
    margin = line.partition("| ")
    indent = len(margin[0] + margin[1]) if margin[1] else 0
    room = width - indent - 2
    start = max(indent, min(caret - int(room * _CARET_CONTEXT), len(line) - room))
    left, right = "…" if start > indent else "", "…" if start + room < len(line) else ""
    kept = line[start : start + room]
    return [line[:indent] + left + kept + right, " " * (indent + len(left) + caret - start) + "^"]


def wrapped(words: str, width: int, indent: str = "", style: str = "") -> Text:
    """Return words in lines that fit, with the same indent for all."""
    lines = textwrap.wrap(
        printable(words),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Text("\n".join(lines) + "\n", style=style)


def _and(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
