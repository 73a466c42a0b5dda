"""What the tests of the importers share: files to import, and what an import gives."""

import io
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from fsp.dataset.files import project_folder
from fsp.linking.imports.report import ImportReport
from fsp.linking.imports.run import Import, source_files

__all__ = ["REFERENCE", "Imported", "imported", "package", "reference", "release", "written"]

REFERENCE = project_folder().parent / "shared" / "reference"
_FSP = "https://w3id.org/fsp/def#"


class Imported:
    """What an import wrote, quick to ask."""

    def __init__(self, report: ImportReport, content: bytes) -> None:
        self.report = report
        self.content = content
        self.quads = list(ox.parse(content, ox.RdfFormat.N_QUADS))
        self.store = ox.Store()
        self.store.extend(self.quads)

    def ask(self, pattern: str) -> list[tuple[str, ...]]:
        """Return the rows of a pattern, each value as text, over all graphs; sorted."""
        solutions = self.store.query(
            "PREFIX fsp: <https://w3id.org/fsp/def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
            "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX prov: <http://www.w3.org/ns/prov#> "
            "PREFIX adms: <http://www.w3.org/ns/adms#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
            f"SELECT * WHERE {{ GRAPH ?graph {{ {pattern} }} }}"
        )
        assert isinstance(solutions, ox.QuerySolutions)
        names = sorted({variable.value for variable in solutions.variables} - {"graph"})
        return sorted(tuple(getattr(one[name], "value", "") for name in names) for one in solutions)

    def kept(self) -> dict[str, Any]:
        """Return the fields that are kept as they stand, of all records together."""
        texts = [quad.object.value for quad in self.quads if quad.predicate.value == f"{_FSP}unmapped"]
        return {pointer: value for text in texts for pointer, value in json.loads(text).items()}

    def messages(self) -> set[str]:
        """Return what a person should know."""
        return {message for account in self.report.accounts for _, message in account.findings}


def imported(standard: str, *paths: Path, **options: Any) -> Imported:  # noqa: ANN401 - as the import has them
    """Import files."""
    made = Import(standard, **options)
    output = io.BytesIO()
    made.write(source_files(paths), output, ox.RdfFormat.N_QUADS)
    return Imported(made.report, output.getvalue())


def reference(pattern: str) -> list[Path]:
    """Return real files that others publish; they are not part of the repository."""
    found = sorted(REFERENCE.glob(pattern))
    if not found:
        pytest.skip(f"{pattern} is not there")
    return found


def written(folder: Path, name: str, value: object) -> Path:
    """Write JSON, or a text or bytes as they are."""
    path = folder / name
    if isinstance(value, bytes):
        path.write_bytes(value)
    else:
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def package(*releases: dict[str, Any], **outside: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return a release package."""
    return {"uri": "https://example.org/package.json", "version": "1.1", **outside, "releases": list(releases)}


def release(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return a release with one award, whose fields can be replaced."""
    return {
        "ocid": "ocds-213czf-1",
        "id": "ocds-213czf-1-a",
        "date": "2020-01-17T00:00:00Z",
        "tag": ["tender"],
        "language": "en",
        "parties": [
            {"id": "1", "name": "Seaside Council", "roles": ["buyer"], "identifier": {"scheme": "GB-LAE", "id": "SEA"}},
            {
                "id": "2",
                "name": "Harbour &amp; Sons Ltd",
                "roles": ["supplier", "tenderer"],
                "identifier": {"scheme": "GB-COH", "id": "07916116"},
            },
        ],
        "buyer": {"id": "1", "name": "Seaside Council"},
        "tender": {"id": "t", "title": "Buses", "description": "Buses &amp; bells"},
        "awards": [
            {
                "id": "a",
                "status": "active",
                "date": "2020-03-06T00:00:00Z",
                "value": {"amount": 39500, "currency": "GBP"},
                "suppliers": [{"id": "2", "name": "Harbour &amp; Sons Ltd"}],
                "contractPeriod": {"startDate": "2020-04-01T00:00:00Z", "endDate": "2021-03-31T23:59:59Z"},
            }
        ],
    } | changes
