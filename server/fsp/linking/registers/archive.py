"""What the retired GOV.UK registers know of the authorities: their keys, names in two languages, first days."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fsp.linking.registers.tables import Row, read_table

__all__ = ["Archive", "read_archive"]

_FOLDER = "govuk-registers-archive"
_LISTS = {
    "England": ("GB-LAE", "local-authority-eng"),
    "Northern Ireland": ("GB-LANI", "local-authority-nir"),
    "Scotland": ("GB-LAS", "local-authority-sct"),
    "Wales": ("GB-PLA", "principal-local-authority"),
}
"""The register of each nation: the prefix that org-id.guide gives to it, and its table."""


@dataclass(frozen=True)
class Archive:
    """The registers.

    Attributes:
        rows: the row of each authority, by its nation and key: BLA is Blaby in England, Ballymena in Northern Ireland.
        os_ids: the table of exact Ordnance Survey ids.
    """

    rows: Mapping[tuple[str, str], Row]
    os_ids: tuple[Row, ...]

    def row(self, nation: str, key: str) -> Row:
        """Return the row of an authority; an empty one where the register of its nation doesn't have it."""
        return self.rows.get((nation, key), {})

    def org_id(self, nation: str, key: str) -> str | None:
        """Return the org-id of an authority: the prefix of its register, and its key."""
        return f"{_LISTS[nation][0]}-{key}" if (nation, key) in self.rows else None


def read_archive(folder: Path) -> Archive:
    """Read the registers of the four nations and the Ordnance Survey ids.

    Args:
        folder: the source folder.

    Raises:
        DataError: a table is missing or has another form.
    """
    rows = {
        (nation, row["key"]): row
        for nation, (_prefix, name) in _LISTS.items()
        for row in read_table(folder, f"{_FOLDER}/{name}.csv", ("key", "name", "start-date"))
    }
    return Archive(rows, tuple(read_table(folder, f"{_FOLDER}/os-open-names-os.tsv", ("os", "name"))))
