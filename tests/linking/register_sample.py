"""A small source folder: three authorities with the faults that the real files have, invented but for their codes."""

import csv
from pathlib import Path

COLUMNS = [
    "local-authority-code",
    "official-name",
    "nice-name",
    "gss-code",
    "start-date",
    "end-date",
    "replaced-by",
    "nation",
    "region",
    "local-authority-type",
    "county-la",
    "combined-authority",
    "former-gss-codes",
    "BS-6879",
    "ecode",
    "gov-uk-slug",
    "lat",
    "long",
    "old-ons-la-code",
    "os",
    "snac",
]
SOURCE = (
    "Fetched on 2026-01-02. From: github.com/mysociety/uk_local_authority_names_and_codes,"
    " commit {commit} (2025-07-10), folder `data`, package version 1.6.1."
)
COMMIT = "67ef8b118938678401a452f4f19f669a7221cc73"
BARNSLEY = {
    "local-authority-code": "BNS",
    "official-name": "Barnsley  Council",
    "nice-name": "Barnsley",
    "gss-code": "E08000016",
    "start-date": "2005-06-08",
    "nation": "England",
    "region": "Yorkshire and The Humber",
    "local-authority-type": "MD",
    "BS-6879": "BNS",
    "lat": "53.5358705443",
    "long": "-1.5325745833000002",
    "os": "7000000000009180.0",
}
CARDIFF = {
    "local-authority-code": "CRF",
    "official-name": "City of Cardiff Council",
    "nice-name": "Cardiff",
    "gss-code": "W06000015",
    "start-date": "1996-04-01",
    "nation": "Wales",
    "region": "Wales",
    "local-authority-type": "WPA",
}
CUMBRIA = {
    "local-authority-code": "CMA",
    "official-name": "Cumbria County Council",
    "nice-name": "Cumbria",
    "gss-code": "E10000006",
    "end-date": "2023-04-01",
    "replaced-by": "CBD",
    "nation": "England",
    "region": "North West",
    "local-authority-type": "CTY",
}
CUMBERLAND = {
    "local-authority-code": "CBD",
    "official-name": "Cumberland Council",
    "nice-name": "Cumberland",
    "gss-code": "E06000063",
    "start-date": "2023-04-01",
    "nation": "England",
    "region": "North West",
    "local-authority-type": "UA",
}
AUTHORITIES = (BARNSLEY, CARDIFF, CUMBRIA, CUMBERLAND)


def write_source(folder: Path, authorities: tuple[dict[str, str], ...] = AUTHORITIES, commit: str = COMMIT) -> Path:
    """Write the tables that the register of local authorities is made from; return the folder of all reference data."""
    own = folder / "uk-local-authorities"
    (own / "planning-data").mkdir(parents=True)
    archive = own / "govuk-registers-archive"
    archive.mkdir()
    (own / "SOURCE.md").write_text(SOURCE.format(commit=commit), encoding="utf-8")
    table(own / "uk_local_authorities_current.csv", COLUMNS, authorities)
    table(
        own / "lookup_name_to_registry.csv",
        ("la-name", "local-authority-code"),
        (
            {"la-name": "barnsley", "local-authority-code": "BNS"},
            {"la-name": "barnsley district", "local-authority-code": "BNS"},
            {"la-name": "Caerdydd", "local-authority-code": "CRF"},
        ),
    )
    table(
        own / "gss_code_changes.csv",
        ("local_authority_code", "old_gss", "new_gss", "operative_date", "instrument", "evidence"),
        (
            {
                "local_authority_code": "BNS",
                "old_gss": "E08000016",
                "new_gss": "E08000038",
                "operative_date": "2025-04-01",
                "instrument": "The Order",
                "evidence": "https://example.org/order (in force 1 April 2025)",
            },
        ),
    )
    write_planning(own)
    write_archive(archive)
    return folder


def write_planning(own: Path) -> None:
    """Write the table of planning.data.gov.uk: one authority under a reference of its own."""
    columns = [
        "reference",
        "name",
        "entity",
        "wikidata",
        "website",
        "statistical-geography",
        "opendatacommunities-uri",
        "start-date",
        "end-date",
        "region",
        "local-authority-type",
    ]
    rows = (
        {
            "reference": "BNS",
            "name": "Barnsley Metropolitan Borough Council",
            "entity": "50",
            "wikidata": "Q16950416",
            "website": "https://www.barnsley.gov.uk",
            "statistical-geography": "E08000016",
            "region": "E12000003",
            "local-authority-type": "MD",
        },
        {
            "reference": "CUA",
            "name": "Cumberland Unitary Authority",
            "entity": "10000",
            "wikidata": "Q112160997",
            "statistical-geography": "E06000063",
            "region": "E12000002",
            "local-authority-type": "UA",
        },
    )
    table(own / "planning-data" / "local-authority.csv", columns, rows)


def write_archive(archive: Path) -> None:
    """Write the retired GOV.UK registers: two of them have the same key for different authorities."""
    table(archive / "local-authority-sct.csv", ("key", "name", "start-date"), ())
    table(
        archive / "local-authority-nir.csv",
        ("key", "name", "start-date"),
        ({"key": "BNS", "name": "Banbridge District Council", "start-date": "1973-10-01"},),
    )
    table(
        archive / "local-authority-eng.csv",
        ("key", "name", "official-name", "start-date"),
        ({"key": "BNS", "name": "Barnsley", "official-name": "Barnsley Council", "start-date": "1986-04-01"},),
    )
    table(
        archive / "principal-local-authority.csv",
        ("key", "name", "name-cy", "official-name", "official-name-cy", "start-date"),
        (
            {
                "key": "CRF",
                "name": "Cardiff",
                "name-cy": "Caerdydd",
                "official-name": "City of Cardiff Council",
                "official-name-cy": "Cyngor Dinas Caerdydd",
                "start-date": "1996-04-01",
            },
        ),
    )
    (archive / "os-open-names-os.tsv").write_text("os\tname\n7000000000009182\tBarnsley\n", encoding="utf-8")
    columns = ("key", "local-authority-eng", "name", "start-date", "end-date")
    geography = {
        "county-eng": ({"key": "E10000006", "local-authority-eng": "CMA", "start-date": "2009-01-01"},),
        "metropolitan-district-eng": ({"key": "E08000016", "local-authority-eng": "BNS", "start-date": "2009-01-01"},),
        "non-metropolitan-district-eng": (
            {"key": "E07000023", "name": "Penwith", "start-date": "2009-01-01", "end-date": "2009-03-31"},
        ),
        "local-government-district-nir": (),
        "london-borough-eng": (),
        "unitary-authority-eng": (),
        "unitary-authority-wls": (),
    }
    for name, rows in geography.items():
        table(archive / f"statistical-geography-{name}.csv", columns, rows)


def table(path: Path, columns: tuple[str, ...] | list[str], rows: tuple[dict[str, str], ...]) -> None:
    """Write a table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
