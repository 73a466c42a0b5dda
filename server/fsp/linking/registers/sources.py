"""Where the reference data comes from: repository, commit, date, licence, as `SOURCE.md` beside it says."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fsp.errors import DataError
from fsp.linking.registers.tables import source_file

__all__ = ["CC_BY", "ODBL", "OGL", "Source", "read_sources"]

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
ODBL = "https://opendatacommons.org/licenses/odbl/1-0/"

_COMMIT = re.compile(
    r"github\.com/(?P<repository>[\w.-]+/[\w.-]+), commit (?P<commit>[0-9a-f]{40}) \((?P<committed>\d{4}-\d\d-\d\d)\)"
    r"(?:, (?:folder|files?) `[^`]+`)?(?:, package version (?P<version>[\w.]+\w))?"
)
_FETCHED = re.compile(r"Fetched on (\d{4}-\d\d-\d\d)")
_KNOWN = {
    "mysociety/uk_local_authority_names_and_codes": (
        "UK local authority names and codes",
        CC_BY,
        "Names and codes of UK local authorities: mySociety, CC BY 4.0.",
    ),
    "digital-land/organisation-collection": (
        "Organisation collection of planning.data.gov.uk",
        OGL,
        "Contains public sector information licensed under the Open Government Licence v3.0. © Crown copyright.",
    ),
    "openregister/registers-data-archive": (
        "Archive of the GOV.UK registers",
        OGL,
        "Contains public sector information licensed under the Open Government Licence v3.0. © Crown copyright.",
    ),
    "openregister/local-authority-data": (
        "Local authority data of the GOV.UK registers: Ordnance Survey ids",
        OGL,
        "Contains public sector information licensed under the Open Government Licence v3.0. © Crown copyright.",
    ),
    "org-id/register": (
        "org-id.guide: lists of organisation identifiers",
        ODBL,
        "Contains information from org-id.guide, which is made available under the ODC Open Database License (ODbL).",
    ),
}


@dataclass(frozen=True)
class Source:
    """One state of one repository.

    Attributes:
        repository: `owner/name` on GitHub.
        commit: the commit's SHA-1.
        committed: day of the commit.
        version: version of the data, where it has one.
        retrieved: day on which it was fetched, where that is known.
        title: what it is.
        licence: IRI of the licence.
        attribution: the words that the licence asks for.
    """

    repository: str
    commit: str
    committed: date
    version: str | None
    retrieved: date | None
    title: str
    licence: str
    attribution: str

    @property
    def iri(self) -> str:
        """Address of this state."""
        return f"https://github.com/{self.repository}/tree/{self.commit}"


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Read which repositories, at which commits, a folder's files were taken from.

    Args:
        folder: the folder with the files and `SOURCE.md`.

    Raises:
        DataError: there is no `SOURCE.md`, it names no commit, or a repository whose licence is not known here.
    """
    path = source_file(folder, "SOURCE.md")
    text = path.read_text(encoding="utf-8")
    fetched = _FETCHED.search(text)
    sources = []
    for found in _COMMIT.finditer(text):
        repository = found["repository"]
        if repository not in _KNOWN:
            raise DataError(
                f"SOURCE.md names {repository}, whose licence is not known: add it to fsp.linking.registers.sources.",
                file=str(path),
            )
        title, licence, attribution = _KNOWN[repository]
        sources.append(
            Source(
                repository,
                found["commit"],
                date.fromisoformat(found["committed"]),
                found["version"],
                date.fromisoformat(fetched[1]) if fetched else None,
                title,
                licence,
                attribution,
            )
        )
    if not sources:
        raise DataError("SOURCE.md names no repository with its commit and date.", file=str(path))
    return tuple(sources)
