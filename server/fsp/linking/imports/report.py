"""What became of every field of an imported file: the account that shows that nothing was lost in silence."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from fsp.errors import FspError
from fsp.linking.imports.cleaning import is_personal
from fsp.linking.imports.record import Fate, Leaf, Record, Scalar

__all__ = ["EMPTY", "PERSONAL", "Account", "ImportReport"]

EMPTY = "it holds nothing"
PERSONAL = "personal data"


@dataclass(slots=True)
class Account:
    """The account of one file.

    Attributes:
        file: the file's name.
        sha256: digest of its bytes, in lower-case hexadecimal.
        kind: what it is, such as `release package`.
        records: the number of records.
        fields: the number of fields, by path, fate and reason.
        findings: what a person should know: how often, and where first, by path and message.
    """

    file: str
    sha256: str
    kind: str
    records: int = 0
    fields: Counter[tuple[str, Fate, str]] = field(default_factory=Counter)
    findings: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of all fields."""
        return self.fields.total()

    def of(self, fate: Fate) -> int:
        """Return the number of fields of one fate."""
        return sum(count for (_, one, _), count in self.fields.items() if one is fate)

    def close(self, record: Record) -> dict[str, Scalar]:
        """Count the fields of a record, and return those that are kept as they stand, by their pointers."""
        kept: dict[str, Scalar] = {}
        for pointer, leaf in record.leaves.items():
            fate, reason = _fate(record, pointer, leaf)
            if fate is Fate.KEPT:
                kept[pointer] = record.kept(pointer)
            self.fields[leaf.path, fate, reason] += 1
        for finding in record.findings:
            count, first = self.findings.get((finding.path, finding.message), (0, record.place + finding.pointer))
            self.findings[finding.path, finding.message] = (count + 1, first)
        return kept

    def check(self, total: int) -> None:
        """Compare the account with a count of the file's fields that was made independently of it.

        Raises:
            FspError: they differ, which is a fault of the importer.
        """
        if self.total != total:
            raise FspError(
                f"Nothing was written: {self.file} has {total:,} fields and {self.total:,} of them are accounted for. "
                "This is a fault of the importer: please report it."
            )


def _fate(record: Record, pointer: str, leaf: Leaf) -> tuple[Fate, str]:
    if record.is_mapped(pointer):
        return Fate.MAPPED, ""
    if leaf.value is None or (isinstance(leaf.value, str) and not leaf.value.strip()):
        return Fate.LEFT_OUT, EMPTY
    if is_personal(leaf.path) and not record.with_personal_data:
        return Fate.LEFT_OUT, PERSONAL
    return record.reasons.get(pointer, (Fate.KEPT, "no term of the model"))


@dataclass(slots=True)
class ImportReport:
    """The accounts of all files of one import.

    Attributes:
        accounts: one a file, in the order of the files.
        triples: the number of statements that were written.
    """

    accounts: list[Account] = field(default_factory=list)
    triples: int = 0

    def rows(self) -> Iterator[tuple[str, str, str, str, int]]:
        """Yield file, path, fate, reason and number for each kind of field, in a stable order."""
        for account in self.accounts:
            for (path, fate, reason), count in sorted(account.fields.items()):
                yield account.file, path, fate.value, reason, count
