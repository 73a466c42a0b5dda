"""One record of an imported file, such as a release or a grant: its fields, and what became of each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from fsp.linking.imports.cleaning import CONTACT_RULE, cleaned, usable, without_contacts
from fsp.validation.workbook.dates import Span, read_span
from fsp.validation.workbook.unclear import UnclearError

__all__ = ["Fate", "Finding", "Leaf", "Record", "Scalar", "leaves_of"]

Scalar = str | int | Decimal | bool | None

_DATE_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?")
_DECIMAL = re.compile(r"[+-]?\d{1,18}(\.\d{1,9})?")
_DATE_RULE = "a date in another form than ISO 8601, read by its one meaning"


class Fate(StrEnum):
    """What became of a field."""

    MAPPED = "mapped"
    KEPT = "kept"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field: a value that holds no others.

    Attributes:
        path: the field's name whatever the record, such as `/parties/*/name`, or the title of a column.
        value: its value; an empty list or object stands as None.
    """

    path: str
    value: Scalar


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should know of a field: it was mended by a rule, or could not be understood.

    Attributes:
        path: the field's name whatever the record.
        message: what is so.
        pointer: where, within the record.
    """

    path: str
    message: str
    pointer: str


@dataclass(slots=True)
class Record:
    """A record while it is mapped. A field is mapped once something asked for it and understood it.

    Attributes:
        leaves: the fields by their JSON Pointer (RFC 6901) within the record.
        place: where the record stands in its file.
        findings: what a person should know.
        with_personal_data: whether e-mail addresses and telephone numbers stay in free text.
        reasons: why a field is not mapped, and whether it is kept all the same, where there is more to say than usual.
    """

    leaves: Mapping[str, Leaf]
    place: str
    findings: list[Finding] = field(default_factory=list)
    with_personal_data: bool = False
    reasons: dict[str, tuple[Fate, str]] = field(default_factory=dict)
    _mapped: set[str] = field(default_factory=set)
    _items: dict[str, list[str]] | None = None

    def code(self, pointer: str) -> str | None:
        """Return an identifier, a code or an address as it stands; None where there is none."""
        leaf = self.leaves.get(pointer)
        if leaf is None or leaf.value is None or isinstance(leaf.value, bool) or not str(leaf.value).strip():
            return None
        self._mapped.add(pointer)
        return usable(str(leaf.value).strip())

    def text(self, pointer: str) -> str | None:
        """Return a text without HTML's escapes and superfluous space; None where there is none."""
        found = self.peek(pointer)
        if found is not None:
            self._mapped.add(pointer)
        return found

    def peek(self, pointer: str) -> str | None:
        """Return a text as `text` does, while the field stays unmapped."""
        leaf = self.leaves.get(pointer)
        if leaf is None or leaf.value is None or isinstance(leaf.value, bool):
            return None
        text, rules = cleaned(str(leaf.value), with_personal_data=self.with_personal_data)
        for rule in rules:
            self.find(pointer, rule)
        return text

    def amount(self, pointer: str) -> Decimal | None:
        """Return a number; None where there is none, or where it is no plain one."""
        leaf = self.leaves.get(pointer)
        if leaf is None or leaf.value is None or leaf.value == "":
            return None
        written = str(leaf.value).strip()
        try:
            number = Decimal(written) if not isinstance(leaf.value, bool) else None
        except InvalidOperation:
            number = None
        if number is None or not _DECIMAL.fullmatch(format(number, "f") if abs(number.adjusted()) < 20 else ""):  # noqa: PLR2004
            self.leave(pointer, "no plain number")
            return None
        self._mapped.add(pointer)
        return number

    def span(self, pointer: str) -> Span | None:
        """Return the days that a date can cover; None where there is none, or where it has several meanings."""
        leaf = self.leaves.get(pointer)
        if leaf is None or not isinstance(leaf.value, str) or not leaf.value.strip():
            return None
        written = leaf.value.strip()
        moment = _DATE_TIME.fullmatch(written)
        try:
            span = read_span(moment[1] if moment else written)
        except UnclearError:
            self.leave(pointer, "no date with one meaning")
            return None
        if not moment and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", written):
            self.find(pointer, _DATE_RULE)
        self._mapped.add(pointer)
        return span

    def day(self, pointer: str) -> date | None:
        """Return a date that is one day; None where there is none."""
        span = self.span(pointer)
        if span is None:
            return None
        if span.earliest is None or span.earliest != span.latest:
            self.leave(pointer, "no single day")
            return None
        return span.earliest

    def take(self, pointer: str) -> None:
        """Count a field as mapped, where what it says is said by a link and not by a value."""
        if pointer in self.leaves:
            self._mapped.add(pointer)

    def leave(self, pointer: str, reason: str) -> None:
        """Give a field back: it is kept as it stands, and the report says why."""
        self._mapped.discard(pointer)
        self.reasons[pointer] = Fate.KEPT, reason
        self.find(pointer, f"{reason}: kept as it stands")

    def leave_out_below(self, pointer: str, reason: str) -> None:
        """Leave out all fields below a place; the report says why."""
        below = pointer + "/"
        for one in self.leaves:
            if one.startswith(below):
                self.reasons[one] = Fate.LEFT_OUT, reason

    def kept(self, pointer: str) -> Scalar:
        """Return the value of a field that is kept as it stands, but for addresses and numbers of persons."""
        value = self.leaves[pointer].value
        if not isinstance(value, str) or self.with_personal_data:
            return value
        shown = without_contacts(value)
        if shown != value:
            self.find(pointer, CONTACT_RULE)
        return shown

    def each(self, pointer: str) -> list[str]:
        """Return the pointers of the items of a list, in order."""
        if self._items is None:
            self._items = _items(self.leaves)
        return self._items.get(pointer, [])

    def find(self, pointer: str, message: str) -> None:
        """Note something that a person should know of a field."""
        finding = Finding(self.leaves[pointer].path, message, pointer)
        if finding not in self.findings:
            self.findings.append(finding)

    def is_mapped(self, pointer: str) -> bool:
        """Tell whether a field was mapped."""
        return pointer in self._mapped


def _items(leaves: Mapping[str, Leaf]) -> dict[str, list[str]]:
    """Return the items of each list: pointers whose next step is a number."""
    items: dict[str, dict[str, int]] = {}
    for pointer in leaves:
        steps = pointer.split("/")
        for position in range(2, len(steps)):
            if steps[position].isdecimal():
                items.setdefault("/".join(steps[:position]), {})["/".join(steps[: position + 1])] = int(steps[position])
    return {parent: sorted(places, key=places.__getitem__) for parent, places in items.items()}


def leaves_of(value: object, pointer: str = "", path: str = "") -> Iterator[tuple[str, Leaf]]:
    """Yield the fields of a JSON value with their pointers (RFC 6901).

    Args:
        value: what the parser made; it is nested no more deeply than a survey allows.
        pointer: where it stands.
        path: the same, with `*` for the place in a list.
    """
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            step = key.replace("~", "~0").replace("/", "~1")
            yield from leaves_of(inner, f"{pointer}/{step}", f"{path}/{step}")
    elif isinstance(value, list) and value:
        for position, inner in enumerate(value):
            yield from leaves_of(inner, f"{pointer}/{position}", f"{path}/*")
    else:
        yield pointer, Leaf(path, value if isinstance(value, str | int | Decimal | bool) else None)
