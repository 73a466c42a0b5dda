"""What the form is made of: sections, their fields, and what the lists offer."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from fsp.validation.workbook.columns import Column, Sheet

__all__ = ["OWN", "CaseForm", "Choice", "Control", "Field", "Section"]

OWN = "@"
"""What a value begins with that stands for another part of the form, such as `@organisation-1`."""


class Control(Enum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list.

    Attributes:
        value: what the form sends.
        label: what is shown.
        definition: what it means; empty where nothing says so.
    """

    value: str
    label: str
    definition: str = ""


@dataclass(frozen=True)
class Field:
    """A field of a section.

    Attributes:
        name: the end of its name in the form.
        label: what stands over it.
        hint: what it asks for.
        control: how it is filled in.
        at: the number of the column of the section's sheet that faults of it are told at, counted from 1.
        column: that column, where the field holds a value of it.
        required: whether a value has to be given.
        choices: what its list offers of what is published.
        own: the sections whose parts its list offers too.
        default: what stands in it at first.
    """

    name: str
    label: str
    hint: str
    control: Control
    at: int
    column: Column | None = None
    required: bool = False
    choices: tuple[Choice, ...] = ()
    own: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the form that describes things of one class, each in a fieldset of its own.

    Attributes:
        name: the start of the names of its fields.
        title: what it is called.
        one: what one of its things is called.
        about: what belongs here.
        sheet: the sheet of the workbook that has the same things.
        fields: its fields.
        at_first: how many things it has room for at first.
        single: whether there is just one.
    """

    name: str
    title: str
    one: str
    about: str
    sheet: Sheet
    fields: tuple[Field, ...]
    at_first: int = 1
    single: bool = False


@dataclass(frozen=True)
class CaseForm:
    """The form: what there is to fill in, without what was filled in.

    Attributes:
        sections: the sections in their order, that of the source first.
    """

    sections: tuple[Section, ...]

    @cached_property
    def by_name(self) -> dict[str, Section]:
        """The sections by their names."""
        return {section.name: section for section in self.sections}

    def title(self, section: Section, number: int) -> str:
        """Return what one part of a section is called."""
        return section.one if section.single else f"{section.one} {number}"
