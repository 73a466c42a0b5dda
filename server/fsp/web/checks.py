"""What is done with what was sent, in a process that can be killed: read, check, and write the report.

The web process imports this module to name its functions. What they need is imported within them, by the parent of
those processes: nearly half of the service's start would go into it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fsp.dataset.files import DatasetFile
from fsp.validation.form.fields import CaseForm

if TYPE_CHECKING:
    from fsp.validation.published import Published
    from fsp.validation.workbook.template import Template

__all__ = [
    "FRAGMENT",
    "Checked",
    "CheckedForm",
    "Message",
    "State",
    "check_files",
    "check_form",
    "get_form",
    "get_workbook",
    "load_state",
]

_SAMPLE = b"@prefix fsp: <https://w3id.org/fsp/def#> . <https://example.org/> a fsp:Partnership ; fsp:formed 1 ."
_UNREAD = "Not all of it could be understood. Mend this first; the rest was not checked."
FRAGMENT = "fragment"
"""The format of a report within a page of the service."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is told of files.

    Attributes:
        conforms: whether they conform.
        readable: whether they could be read.
        report: the report, in the format that was asked for.
    """

    conforms: bool
    readable: bool
    report: str


@dataclass(frozen=True, slots=True)
class Message:
    """A finding about the form, in words.

    Attributes:
        field: the name of the field that it is about.
        where: that field, in words.
        severity: what a finding of its severity is called.
        text: what is wrong and how to mend it.
    """

    field: str
    where: str
    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """What is told of a form.

    Attributes:
        conforms: whether it conforms.
        readable: whether all of it could be understood.
        verdict: the outcome in one line.
        messages: what was found, each with its field.
        remarks: how things were understood that can be meant otherwise.
        turtle: the case as Turtle; empty where not all could be understood.
    """

    conforms: bool
    readable: bool
    verdict: str
    messages: tuple[Message, ...]
    remarks: tuple[str, ...]
    turtle: str


@dataclass(frozen=True)
class State:
    """What every check needs; loaded once.

    Attributes:
        published: what is published.
        template: what a workbook and a form ask for.
        form: the form.
    """

    published: "Published"
    template: "Template"
    form: CaseForm


def load_state() -> State:
    """Load what every check needs: the project's own graph and shapes, whatever the service serves."""
    from fsp.validation.form.make import make_form
    from fsp.validation.inputs import pasted
    from fsp.validation.published import Published
    from fsp.validation.reports.formats import REPORT_FORMATS
    from fsp.validation.workbook.template import Template

    published = Published.load()
    published.prepare()
    template = Template(published.shapes, published.graph)
    state = State(published, template, make_form(template))
    # What the first check makes and keeps is made here, so that no process has to make it again.
    for format_name in (*REPORT_FORMATS, FRAGMENT):
        check_files(state, [pasted(_SAMPLE, "turtle", "sample")], format_name)
    check_form(state, {})
    return state


def check_files(state: State, files: Sequence[DatasetFile], format_name: str) -> Checked:
    """Check files.

    Args:
        state: what is published.
        files: the files.
        format_name: one of `REPORT_FORMATS`, or `FRAGMENT`.
    """
    from fsp.validation.check import check
    from fsp.validation.reports.as_html import html_fragment
    from fsp.validation.reports.render import render
    from fsp.validation.workbook.read import with_tables_read

    report = check(with_tables_read(files, state.published), state.published)
    written = html_fragment(report) if format_name == FRAGMENT else render(report, format_name)
    return Checked(report.conforms, report.readable, str(written))


def check_form(state: State, sent: Mapping[str, str]) -> CheckedForm:
    """Check what was filled in.

    Args:
        state: the form, and what is published.
        sent: values by the names of fields.
    """
    from fsp.turtle.write import write
    from fsp.validation.check import check
    from fsp.validation.form.filled import Filled
    from fsp.validation.form.messages import messages_of
    from fsp.validation.form.read import parse_form
    from fsp.validation.reports.words import severity_name, verdict

    filled = Filled.read(state.form, sent)
    parsed = parse_form(filled, state.template)
    report = check([parsed], state.published)
    messages = tuple(
        Message(one.field, one.where, severity_name(one.finding.severity).capitalize(), one.finding.message)
        for one in messages_of(report, filled)
    )
    return CheckedForm(
        conforms=report.conforms,
        readable=report.readable,
        verdict=verdict(report) if report.readable else _UNREAD,
        messages=messages,
        remarks=tuple(dict.fromkeys(remark.message for remark in parsed.remarks)),
        turtle=write(parsed.graph, parsed.prefixes) if report.readable else "",
    )


def get_form(state: State) -> CaseForm:
    """Return the form."""
    return state.form


def get_workbook(state: State, *, example: bool) -> bytes:
    """Return the workbook for a case: empty, or filled with one that is published."""
    from fsp.validation.workbook.write import example_workbook, make_workbook

    return example_workbook(state.template) if example else make_workbook(state.template)
