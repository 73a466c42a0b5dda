"""What a user's workbook says, and what is told of it by sheet, row and column."""

from datetime import datetime

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, XSD
from workbook_sample import Filled, csv_file, faults, parse, published

from fsp.namespaces import FSP, SCHEME, THING
from fsp.validation.check import check

CASE = {"label": "Kent: parks", "description": "A council and a company look after parks."}


def period_of(value: object) -> tuple[list[str], set[tuple[str, str]], list[str]]:
    """Return the faults, what is said of the period of a partnership, and the remarks."""
    parsed = Filled().row("Partnerships", {"label": "Kent and Serco", "formed during": value}).parsed()
    period = parsed.graph.value(THING["partnership/kent-and-serco"], FSP.formedDuring)
    said = {(str(path).rpartition("#")[2], str(node)) for path, node in parsed.graph.predicate_objects(period)}
    return faults(parsed), said if period else set(), [remark.message for remark in parsed.remarks]


def test_a_row_becomes_a_thing() -> None:
    """Its IRI is of its short name, or else of its label."""
    book = (
        Filled().row("Cases", CASE).row("Places", {"label": "Tunbridge Wells (Kent)", "short name": "tunbridge-wells"})
    )
    parsed = book.parsed()

    assert faults(parsed) == []
    assert set(parsed.graph) == {
        (THING["case/kent-parks"], RDF.type, FSP.CaseStudy),
        (THING["case/kent-parks"], RDFS.label, Literal("Kent: parks", lang="en")),
        (THING["case/kent-parks"], DCTERMS.description, Literal(CASE["description"], lang="en")),
        (THING["place/tunbridge-wells"], RDF.type, DCTERMS.Location),
        (THING["place/tunbridge-wells"], RDFS.label, Literal("Tunbridge Wells (Kent)", lang="en")),
    }


def test_things_are_chosen_by_name() -> None:
    """Rows of other sheets, published bodies, concepts, and anything by its short form or IRI; several with ;."""
    book = Filled().row("Organisations", {"label": "Kent Council", "type of organisation": "Council"})
    book.row(
        "Contracts",
        {
            "label": "Parks",
            "buyer": "kent  council",
            "supplier": f"Serco; organisation/capita; {THING['organisation/v']}",
        },
    )
    parsed = book.parsed()
    contract = THING["contract/parks"]

    assert faults(parsed) == []
    assert set(parsed.graph.objects(contract, FSP.buyer)) == {THING["organisation/kent-council"]}
    assert set(parsed.graph.objects(contract, FSP.supplier)) == {
        THING[f"organisation/{name}"] for name in ("serco", "capita", "v")
    }
    assert (THING["organisation/kent-council"], None, SCHEME["organisation-type/council"]) in parsed.graph


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("Sercoo", "Did you mean 'Serco'?"),
        ("Extension", "is another kind of thing"),
        ("Barnsley", "is another kind of thing"),
        ("organisation/nobody", "neither here nor published"),
        ("place/barnsley", "'place/barnsley' is no organisation"),
        (True, "made a truth value of it"),
        (datetime(2011, 11, 25), "made a date of it"),  # noqa: DTZ001
    ],
)
def test_a_name_that_names_nothing_is_told(value: object, message: str) -> None:
    """With what is alike, at the cell."""
    parsed = Filled().row("Contracts", {"label": "Parks", "buyer": value}).parsed()

    assert len(parsed.faults) == 1
    assert str(parsed.faults[0].place) == "case.xlsx, sheet Contracts, row 3, column D"
    assert message in parsed.faults[0].message


def test_a_name_of_two_things_is_told() -> None:
    """With what to write for each of them."""
    book = Filled().row("Organisations", {"label": "Serco", "short name": "serco-of-kent"})
    parsed = book.row("Contracts", {"label": "Parks", "buyer": "Serco"}).parsed()
    assert faults(parsed) == [
        (
            "Contracts, row 3, column D: 'Serco' is the name of several things: write organisation/serco or "
            "organisation/serco-of-kent."
        )
    ]


def test_a_row_that_would_run_into_a_published_thing_is_told() -> None:
    """Two bodies of one name are not made one by chance; with the short name it is the user's will."""
    row = {"label": "Serco", "description": "A company in Kent."}
    assert "is published already, as organisation/serco" in faults(Filled().row("Organisations", row).parsed())[0]
    assert faults(Filled().row("Organisations", {**row, "short name": "serco"}).parsed()) == []


def test_two_rows_for_one_thing_are_told() -> None:
    """Also in two sheets whose things share a kind of IRI."""
    book = Filled().row("Organisations", {"label": "Kent Trust"}).row("Charitable arms", {"label": "Kent trust"})
    assert faults(book.parsed()) == [
        (
            "Charitable arms, row 3, column A: There are two rows for 'Kent trust': the first is at "
            "case.xlsx, sheet Organisations, row 3, column A. Put both into one, or give each a short name of its own."
        )
    ]


def test_rows_belong_to_the_one_case() -> None:
    """With two cases each row says which."""
    book = Filled().row("Cases", CASE).row("Services", {"label": "Mowing"})
    described = (THING["service/mowing"], FSP.describedIn, THING["case/kent-parks"])
    one = book.parsed()
    two = book.row("Cases", {"label": "Another"}).parsed()

    assert (described in one.graph, described in two.graph) == (True, False)
    assert str(one.places[described].object) == "case.xlsx, sheet Services, row 3, column H"


def test_a_month_becomes_a_period() -> None:
    """With its first and last day, and a remark on how it was understood."""
    said = {
        ("type", str(FSP.Period)),
        ("label", "March 2015"),
        ("earliestDate", "2015-03-01"),
        ("latestDate", "2015-03-31"),
    }
    assert period_of("Mar 2015") == ([], said, ["'Mar 2015' is taken as a period, 1 March 2015 to 31 March 2015."])
    assert period_of(datetime(2015, 3, 1))[1] > {("earliestDate", "2015-03-01"), ("latestDate", "2015-03-01")}  # noqa: DTZ001


@pytest.mark.parametrize("text", ["Nov 2011", "November 2011", "2011-11", "11/2011"])
def test_a_published_period_is_referred_to(text: str) -> None:
    """And not told anew."""
    parsed = Filled().row("Partnerships", {"label": "Kent and Serco", "formed during": text}).parsed()
    assert parsed.graph.value(THING["partnership/kent-and-serco"], FSP.formedDuring) == THING["period/november-2011"]
    assert (THING["period/november-2011"], None, None) not in parsed.graph


def test_a_date_that_is_not_certain_is_told() -> None:
    """At its cell."""
    assert period_of("03/04/2012")[0] == [
        (
            "Partnerships, row 3, column D: '03/04/2012' can be 3 April 2012 or 4 March 2012: write the one "
            "that is meant in that way."
        )
    ]


def test_the_days_of_a_period_may_be_typed_in_any_way() -> None:
    """Of a month the first day is the earliest and the last the latest, and that is told."""
    row = {"label": "Spring", "earliest date": "Mar 2012", "latest date": "31/05/2012"}
    parsed = Filled().row("Periods", row).parsed()
    period = THING["period/spring"]
    assert set(parsed.graph.predicate_objects(period)) >= {
        (FSP.earliestDate, Literal("2012-03-01", datatype=XSD.date)),
        (FSP.latestDate, Literal("2012-05-31", datatype=XSD.date)),
    }
    assert [remark.message for remark in parsed.remarks] == ["'Mar 2012' is taken as 2012-03-01."]


def test_what_is_typed_with_a_number_goes_where_it_belongs() -> None:
    """Unit, rate and bound, unless their own columns say otherwise."""
    row = {"label": "Saving", "numeric value": "over £1m a year", "bound": "More than"}
    parsed = Filled().row("Measurements", row).parsed()
    said = {
        (path, str(node).rpartition("/")[2])
        for path, node in parsed.graph.predicate_objects(THING["measurement/saving"])
    }
    assert faults(parsed) == []
    assert said >= {
        (FSP.numericValue, "1000000.0"),
        (FSP.unit, "CCY_GBP"),
        (FSP.perUnit, "YR"),
        (FSP.bound, "more-than"),
    }
    assert faults(Filled().row("Measurements", {**row, "bound": "Exactly"}).parsed()) == [
        (
            "Measurements, row 3, column E: 'over £1m a year' does not agree with 'Exactly' in the column "
            "'bound': correct one."
        )
    ]


def test_a_percent_cell_is_per_cent() -> None:
    """0.05 shown as 5%."""
    book = Filled().row("Measurements", {"label": "Share", "numeric value": 0.05})
    book.sheet("Measurements")["E3"].number_format = "0%"
    parsed = book.parsed()
    assert parsed.graph.value(THING["measurement/share"], FSP.numericValue) == Literal("5.0", datatype=XSD.decimal)
    assert str(parsed.graph.value(THING["measurement/share"], FSP.unit)).endswith("/PERCENT")


def test_what_only_a_format_says_is_told() -> None:
    """A currency that is not in the cell's own text."""
    book = Filled().row("Measurements", {"label": "Value", "numeric value": 250})
    book.sheet("Measurements")["E3"].number_format = "[$£-809]#,##0"
    assert [remark.message for remark in book.parsed().remarks] == ["'250' is taken as 250.0, CCY_GBP."]


def test_a_missing_value_is_told_at_its_empty_cell() -> None:
    """By sheet, row and column, as any finding of the shapes is."""
    book = (
        Filled().row("Cases", CASE).row("Contracts", {"label": "Parks", "supplier": "Serco", "description": "Mowing."})
    )
    report = check([book.parsed()], published())
    places = {finding.rule: str(finding.place) for finding in report.findings}
    assert places["ContractShape-buyer"] == "case.xlsx, sheet Contracts, row 3, column D"
    assert places["CaseStudyShape-illustrates"] == "case.xlsx, sheet Cases, row 3, column E"


def test_a_renamed_column_is_told() -> None:
    """The hidden key knows which one it was."""
    book = Filled().row("Contracts", {"label": "Parks"})
    book.sheet("Contracts")["D2"] = "purchaser"
    assert faults(book.parsed()) == [
        (
            "Contracts, row 2, column D: This is the column 'buyer', but its header is 'purchaser': put the "
            "header back. For notes of your own take an empty column, with a header that begins with #."
        )
    ]


def test_columns_may_change_places_and_be_deleted() -> None:
    """Also without the hidden row."""
    book = Filled().row("Contracts", {"label": "Parks", "buyer": "Serco", "under partnership": "nothing that is known"})
    sheet = book.sheet("Contracts")
    sheet.delete_cols(6)
    sheet.move_range("D1:D3", cols=20)
    with_keys = book.parsed()
    sheet.delete_rows(1)
    without = book.parsed()
    assert (faults(with_keys), faults(without)) == ([], [])
    assert set(with_keys.graph) == set(without.graph)
    assert (THING["contract/parks"], FSP.buyer, THING["organisation/serco"]) in without.graph


def test_what_stands_nowhere_is_told() -> None:
    """Unknown sheets and columns, cells under no header, rows without a label; what begins with # is the user's own."""
    book = Filled().row("Contracts", {"buyer": "Serco"})
    sheet = book.sheet("Contracts")
    sheet["X2"], sheet["Y2"], sheet["Y3"], sheet["Z3"] = "bayer", "# my notes", "call them", "lost"
    book.book.create_sheet("Contract")["A1"] = "x"
    book.book.create_sheet("# mine")["A1"] = "x"
    found = faults(book.parsed())
    assert [place.partition(":")[0] for place in found] == [
        "Contracts, row 2, column X",
        "Contracts, row 3, column Z",
        "Contracts, row 3, column A",
        "Contract, row 1, column A",
    ]
    assert [
        words in fault
        for words, fault in zip(
            ("Did you mean 'buyer'?", "under no header", "has no label", "Did you mean 'Contracts'?"),
            found,
            strict=True,
        )
    ] == [True] * 4


def test_an_empty_template_is_told() -> None:
    """It is not called a case."""
    assert faults(Filled().parsed()) == [
        "case.xlsx, row 1, column A: No sheet has a row below its headers: fill in at least the sheet Cases."
    ]


@pytest.mark.parametrize("name", ["Kent Council!", "-kent", "kent/council"])
def test_a_short_name_that_is_none_is_told(name: str) -> None:
    """With one that is."""
    found = faults(Filled().row("Organisations", {"label": "Kent", "short name": name}).parsed())
    assert "A short name has letters, digits and hyphens: write kent" in found[0]


def test_a_label_without_latin_letters_needs_a_short_name() -> None:
    """An IRI is never made of nothing."""
    assert "write a short name" in faults(Filled().row("Places", {"label": "東京"}).parsed())[0]
    assert faults(Filled().row("Places", {"label": "東京", "short name": "tokyo"}).parsed()) == []


def test_a_semicolon_can_be_written() -> None:
    """With a backslash before it, where several values may stand."""
    parsed = Filled().row("Plans", {"label": "Plan", "aim": r"Jobs; Parks\; and gardens ;"}).parsed()
    assert {str(aim) for aim in parsed.graph.objects(THING["plan/plan"], FSP.aim)} == {"Jobs", "Parks; and gardens"}


@pytest.mark.parametrize(
    ("encoding", "delimiter", "remarks"),
    [("utf-8", ",", 0), ("utf-8-sig", ";", 0), ("utf-16", "\t", 0), ("cp1252", ",", 1)],
)
def test_csv_of_any_program_is_read(encoding: str, delimiter: str, remarks: int) -> None:
    """What Excel and others write; an old encoding is told, since it is a guess."""
    content = csv_file([["label *", "short name"], ["Café “V”", "cafe"]], delimiter=delimiter, encoding=encoding)
    parsed = parse(("organisations.csv", content))
    assert (faults(parsed), len(parsed.remarks)) == ([], remarks)
    assert parsed.graph.value(THING["organisation/cafe"], RDFS.label) == Literal("Café “V”", lang="en")


def test_a_csv_file_is_told_by_row_and_column() -> None:
    """Its name is that of the sheet."""
    content = csv_file([["label", "buyer"], ["Parks\nand gardens", "Sercoo"]])
    assert faults(parse(("contracts.csv", content)))[0].startswith(
        "contracts.csv, row 2, column B: 'Sercoo' is not known"
    )
    assert "Did you mean 'Contracts'?" in faults(parse(("contract.csv", content)))[0]


def test_an_iri_of_elsewhere_is_taken_as_it_stands() -> None:
    """Such as a body of another dataset."""
    parsed = Filled().row("Contracts", {"label": "Parks", "buyer": "https://example.org/id/kent"}).parsed()
    assert parsed.graph.value(THING["contract/parks"], FSP.buyer) == URIRef("https://example.org/id/kent")
