"""The form for the parameters of a canned query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fsp.catalogue.choices import choices
from fsp.catalogue.parameters import Choice, Parameter, Term
from fsp.catalogue.query import CannedQuery
from fsp.errors import LimitError
from fsp.web.service import current_service

__all__ = ["Field", "fields_of"]

_MOST_CHOICES = 200
"""As many as a list in a form can hold and still be used; above it, a field to write in."""


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter in a form.

    Attributes:
        parameter: the parameter.
        choices: what it offers; a field to write in where there are none or too many.
        chosen: the texts that stand in it.
    """

    parameter: Parameter
    choices: Sequence[Choice]
    chosen: Sequence[str]


def fields_of(
    query: CannedQuery, given: Mapping[str, Sequence[str]], terms: Mapping[str, Sequence[Term]]
) -> list[Field]:
    """Return the fields of a query's form, filled with what was given or else with the defaults.

    Args:
        query: the query.
        given: values by parameter, as they were sent.
        terms: the terms that they mean, where they mean any.
    """
    fields = []
    for name, parameter in query.parameters.items():
        try:
            offered, whole = choices(parameter, current_service().executor, _MOST_CHOICES)
        except LimitError:
            offered, whole = [], False
        if name in terms or name not in given:
            chosen = [term.value for term in terms.get(name, parameter.default)]
        else:
            chosen = [value for value in given[name] if value]
        fields.append(Field(parameter, offered if whole else (), chosen))
    return fields
