"""Which formats a report comes in."""

from dataclasses import dataclass

__all__ = ["REPORT_FORMATS", "ReportFormat"]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format of reports.

    Attributes:
        label: its name for people.
        media_type: what HTTP calls it.
        suffix: how the name of a file in it ends.
        tells_changes: whether it can tell what would change, beside what was found.
    """

    label: str
    media_type: str
    suffix: str
    tells_changes: bool = False


REPORT_FORMATS: dict[str, ReportFormat] = {
    "text": ReportFormat("text", "text/plain", ".txt", tells_changes=True),
    "html": ReportFormat("page to print", "text/html", ".html", tells_changes=True),
    "turtle": ReportFormat("W3C validation report in Turtle", "text/turtle", ".ttl"),
    "jsonld": ReportFormat("W3C validation report in JSON-LD", "application/ld+json", ".jsonld"),
    "json": ReportFormat("JSON", "application/json", ".json", tells_changes=True),
    "csv": ReportFormat("table for a spreadsheet (CSV)", "text/csv", ".csv"),
    "sarif": ReportFormat("SARIF 2.1.0, for a code host", "application/sarif+json", ".sarif"),
    "junit": ReportFormat("JUnit XML, for a build server", "application/xml", ".xml"),
}
"""Every format, by name."""
