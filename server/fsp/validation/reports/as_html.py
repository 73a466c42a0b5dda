"""The report as a page to print and to share, and as the part of it that another page can show."""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from fsp.validation.findings import CheckReport
from fsp.validation.preview import Preview
from fsp.validation.reports.of_preview import gained, row_groups, summary, unasked
from fsp.validation.reports.words import DUTIES, by_severity, counted, printable, severity_name, told, verdict

__all__ = ["as_html", "html_fragment"]

_MOST_SHOWN = 10
_MOST_NAMED = 100


def as_html(report: CheckReport, preview: Preview | None = None) -> str:
    """Return a page that holds all that it needs; whatever the user wrote is text in it and never markup."""
    return _render("report.html", report, preview) + "\n"


def html_fragment(report: CheckReport, preview: Preview | None = None) -> Markup:
    """Return the report alone, without a page around it and without style."""
    return Markup(_render("_report.html", report, preview))  # noqa: S704 - the template escapes all that it is given


def _render(template: str, report: CheckReport, preview: Preview | None) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            report=report,
            preview=preview,
            verdict=verdict(report),
            severities=list(by_severity(report)),
            rules=list(report.rules()),
            most_shown=_MOST_SHOWN,
            most_named=_MOST_NAMED,
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("fsp.validation.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: printable(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        counted=counted,
        duties=DUTIES,
        gained=gained,
        row_groups=row_groups,
        severity_name=severity_name,
        summary=summary,
        told=told,
        unasked=unasked,
    )
    return environment
