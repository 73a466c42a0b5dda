"""Cases in a form: its fields, made from the shapes, and the reading of what was filled in."""

from fsp.validation.form.fields import CaseForm, Control
from fsp.validation.form.filled import Filled
from fsp.validation.form.make import make_form
from fsp.validation.form.messages import FormMessage, messages_of
from fsp.validation.form.read import ParsedForm, parse_form

__all__ = [
    "CaseForm",
    "Control",
    "Filled",
    "FormMessage",
    "ParsedForm",
    "make_form",
    "messages_of",
    "parse_form",
]
