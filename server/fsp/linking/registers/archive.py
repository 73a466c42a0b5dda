"""What the retired GOV.UK registers know of the authorities: their keys, names in two languages, first days."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fsp.linking.registers.tables import Row, read_table

__all__ = ["Archive", "read_archive"]

_FOLDER = "govuk-registers-archive"
_LISTS = {
    "GB-LAE": "local-authority-eng",
    "GB-LANI": "local-authority-nir",
    "GB-LAS": "local-authority-sct",
    "GB-PLA": "principal-local-authority",
}


@dataclass(frozen=True)
class Archive:
    """The registers.

    Attributes:
        rows: the row of each authority, by its key, with the prefix that org-id.guide gives to its register.
        os_ids: the table of exact Ordnance Survey ids.
    """

    rows: Mapping[str, tuple[str, Row]]
    os_ids: tuple[Row, ...]

    def row(self, code: str) -> Row:
        """Return the row of an authority; an empty one where the registers don't have it."""
        return self.rows[code][1] if code in self.rows else {}

    def org_id(self, code: str) -> str | None:
        """Return the org-id of an authority: the prefix of its register, and its key."""
        return f"{self.rows[code][0]}-{code}" if code in self.rows else None


def read_archive(folder: Path) -> Archive:
    """Read the registers of the four nations and the Ordnance Survey ids.

    Args:
        folder: the source folder.

    Raises:
        DataError: a table is missing or has another form.
    """
    rows = {
        row["key"]: (prefix, row)
        for prefix, name in _LISTS.items()
        for row in read_table(folder, f"{_FOLDER}/{name}.csv", ("key", "name", "start-date"))
    }
    return Archive(rows, tuple(read_table(folder, f"{_FOLDER}/os-open-names-os.tsv", ("os", "name"))))
