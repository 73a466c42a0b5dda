"""What stands in the form: which things it has room for, and the values of their fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fsp.validation.form.fields import OWN, CaseForm, Field, Section

__all__ = ["MOST_PARTS", "Filled"]

MOST_PARTS = 30
"""Things that one section has room for."""
_NAME = re.compile(r"([a-z]+)-([1-9]\d{0,5})-([A-Za-z]+)")


@dataclass(frozen=True)
class Filled:
    """A form with values. Nothing changes it: adding and removing make another.

    Attributes:
        form: the form.
        values: the value of each field, by the field's name.
        numbers: the numbers of the things of each section, by its name.
    """

    form: CaseForm
    values: Mapping[str, str]
    numbers: Mapping[str, tuple[int, ...]]

    @classmethod
    def empty(cls, form: CaseForm) -> "Filled":
        """Return the form as it is at first."""
        return cls(form, {}, {section.name: tuple(range(1, section.at_first + 1)) for section in form.sections})

    @classmethod
    def read(cls, form: CaseForm, sent: Mapping[str, str]) -> "Filled":
        """Return the form as it was sent; what is no field of it is left out.

        Args:
            form: the form.
            sent: values by the names of fields. Line ends become those that a text file has.
        """
        values = {}
        numbers: dict[str, set[int]] = {section.name: {1} if section.single else set() for section in form.sections}
        fields = {section.name: {field.name for field in section.fields} for section in form.sections}
        for name, value in sent.items():
            match = _NAME.fullmatch(name)
            if match is None or match[3] not in fields.get(match[1], ()):
                continue
            if form.by_name[match[1]].single and match[2] != "1":
                continue
            numbers[match[1]].add(int(match[2]))
            values[name] = value.replace("\r\n", "\n").replace("\r", "\n")
        return cls(form, values, {name: tuple(sorted(found)[:MOST_PARTS]) for name, found in numbers.items()})

    def added(self, section: Section) -> "Filled":
        """Return the form with room for one more thing of a section, where there may be one more."""
        numbers = self.numbers[section.name]
        if section.single or len(numbers) >= MOST_PARTS:
            return self
        return Filled(self.form, self.values, {**self.numbers, section.name: (*numbers, max(numbers, default=0) + 1)})

    def removed(self, section: Section, number: int) -> "Filled":
        """Return the form without one thing of a section; what referred to it is empty then."""
        if section.single:
            return self
        start, own = f"{section.name}-{number}-", f"{OWN}{section.name}-{number}"
        values = {name: "" if value == own else value for name, value in self.values.items()}
        values = {name: value for name, value in values.items() if not name.startswith(start)}
        left = tuple(one for one in self.numbers[section.name] if one != number)
        return Filled(self.form, values, {**self.numbers, section.name: left})

    def name(self, section: Section, number: int, field: Field) -> str:
        """Return the name of a field, which is also its place in the page."""
        return f"{section.name}-{number}-{field.name}"

    def value(self, section: Section, number: int, field: Field) -> str:
        """Return what stands in a field; what it has at first where it was not sent."""
        return self.values.get(self.name(section, number, field), field.default)

    def is_empty(self, section: Section, number: int) -> bool:
        """Return whether nothing was filled in for a thing."""
        return not any(
            value.strip() for field in section.fields if (value := self.value(section, number, field)) != field.default
        )

    def called(self, section: Section, number: int) -> str:
        """Return what a thing of the form is called in lists: its place in the form, and its label once it has one."""
        label = self.values.get(f"{section.name}-{number}-label", "").strip()
        title = self.form.title(section, number)
        return f"{title}: {label}" if label else title

    def choices(self, field: Field) -> list[tuple[str, str]]:
        """Return what the list of a field offers of the form itself: values and what they are called."""
        return [
            (f"{OWN}{name}-{number}", self.called(self.form.by_name[name], number))
            for name in field.own
            for number in self.numbers[name]
        ]
