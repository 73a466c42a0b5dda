"""Checking a user's files: each fault is told once, at its line, in words; sound files pass without a word."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from faults import FAULTS, SOUND, Fault, sound_text
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH

from fsp.dataset.files import DatasetFile, project_folder
from fsp.namespaces import FSP, THING
from fsp.validation.check import Published, check
from fsp.validation.findings import CheckReport, Kind
from fsp.validation.graphs import read_graph
from fsp.validation.jsonld import CONTEXT
from fsp.validation.report import Severity
from fsp.validation.source import SourceText
from fsp.validation.syntax import parse_file

Check = Callable[..., CheckReport]


@pytest.fixture(scope="module")
def published() -> Published:
    """What the project publishes."""
    return Published.load()


@pytest.fixture
def check_text(published: Published) -> Check:
    """Check Turtle."""

    def check_text(text: str, name: str = "case.ttl", source: SourceText | None = None) -> CheckReport:
        return check([DatasetFile(Path(name), name, content=text.encode())], published, source=source)

    return check_text


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_once_at_its_line(fault: Fault, published: Published) -> None:
    """By the rule that explains it best, and nothing else is told."""
    findings = check([fault.file], published).findings
    assert [finding.rule for finding in findings] == [fault.rule]
    place = findings[0].place
    assert place is not None
    assert fault.line in fault.text.split("\n")[place.line - 1]
    assert fault.line in findings[0].shown or fault.line.strip() in findings[0].shown


def test_the_sound_file_passes_without_a_word(published: Published) -> None:
    """Nothing is found in it, and all of its things were checked."""
    report = check([DatasetFile(SOUND, SOUND.name)], published)
    assert (report.findings, report.remarks, report.checked, report.conforms) == ((), (), 18, True)


@pytest.mark.parametrize("format_", ["nt", "xml", "json-ld", "trig"])
def test_the_sound_file_passes_in_every_format(check_text: Check, format_: str) -> None:
    """N-Triples, RDF/XML, JSON-LD, TriG."""
    suffix = {"nt": "nt", "xml": "rdf", "json-ld": "jsonld", "trig": "trig"}[format_]
    text = Graph().parse(data=sound_text(), format="turtle").serialize(format=format_)
    assert check_text(text, f"case.{suffix}").findings == ()


@pytest.mark.parametrize("suffix", ["nt", "rdf", "jsonld"])
@pytest.mark.parametrize("fault", [one for one in FAULTS if one.rule != "syntax"][::4], ids=lambda fault: fault.name)
def test_a_fault_is_told_once_in_every_format(fault: Fault, suffix: str, check_text: Check) -> None:
    """By the same rule, with its place."""
    graph = Graph() + read_graph([fault.file])
    text = graph.serialize(format={"nt": "nt", "rdf": "pretty-xml", "jsonld": "json-ld"}[suffix])
    findings = check_text(text, f"case.{suffix}").findings
    assert [(finding.rule, finding.place is not None) for finding in findings] == [(fault.rule, True)]


def test_the_published_cases_pass_as_new_ones(check_text: Check) -> None:
    """All six, each thing under another IRI and another name."""
    graph = Graph().parse(project_folder() / "data/cases.ttl")
    own = {subject for subject in graph.subjects() if str(subject).startswith(str(THING))}
    again = Graph()
    for subject, predicate, value in graph:
        name = Literal(f"{value} again", lang="en") if predicate == RDFS.label else value
        again.add((_renamed(subject, own), predicate, _renamed(name, own)))
    report = check_text(again.serialize(format="turtle"))
    assert (report.findings, report.conforms) == ((), True)


def _renamed(node: object, own: set[object]) -> URIRef | Literal:
    return URIRef(f"{node}-again") if node in own else node  # type: ignore[return-value]


def test_several_files_are_checked_as_one(published: Published) -> None:
    """They may refer to each other, and each finding names its own file."""
    head, *things = sound_text().split("\n\n")
    halves = ["\n\n".join([head, *things[::2]]), "\n\n".join([head, *things[1::2]])]
    halves[1] = halves[1].replace("fsp:bound bound:exactly", "fsp:bound bound:exactli")
    files = [DatasetFile(Path(f"{n}.ttl"), f"{n}.ttl", content=half.encode()) for n, half in enumerate(halves)]
    report = check(files, published)
    assert report.files == ("0.ttl", "1.ttl")
    assert {(one.rule, one.place and one.place.file) for one in report.findings} == {("unknown-concept", "1.ttl")}


def test_what_was_read_already_is_taken_as_it_is(published: Published) -> None:
    """Such as a workbook: the places are those of whoever read it."""
    parsed = parse_file(FAULTS[-1].file, name="what the user called it")
    (finding,) = check([parsed], published).findings
    assert finding.place is not None
    assert finding.place.file == "what the user called it"


def test_syntax_faults_keep_the_rest_from_running(check_text: Check) -> None:
    """All that can be found are told; there is no W3C report."""
    report = check_text(sound_text().replace("fsp:bound bound", "fsp:bound bound,bound"))
    assert {finding.kind for finding in report.findings} == {Kind.SYNTAX}
    assert len(report.findings) == 2
    assert (report.readable, report.conforms, len(report.shacl)) == (False, False, 0)


def test_nothing_checked_is_not_called_conforming(check_text: Check) -> None:
    """A file of nothing that any shape is about."""
    report = check_text('<http://example.org/a> a <http://example.org/B> ; <http://example.org/c> "d" .')
    assert [(one.rule, one.kind) for one in report.findings] == [("nothing-checked", Kind.COVERAGE)]
    assert not report.conforms


def test_words_have_labels_and_an_example(check_text: Check) -> None:
    """No IRI stands in a message, and the example can be pasted."""
    report = check_text(sound_text().replace("fsp:phase phase:result", "fsp:phase status:done"))
    (finding,) = report.findings
    assert "“Done” does not fit as “phase” of 45 per cent." in finding.message
    assert "http" not in finding.message
    assert finding.example.startswith("fsp:phase phase:")
    assert (finding.focus_label, finding.path, finding.value_label) == ("45 per cent", "phase", "Done")
    assert finding.shown.splitlines()[1].index("^") == finding.shown.splitlines()[0].index("status:done")


@pytest.mark.parametrize(
    ("right", "wrong", "words", "example"),
    [
        ('rdfs:label "45 per cent"@en', 'rdfs:label "45 per cent"', 'has no language tag: write "45 per cent"@en.', ""),
        ("2000000.0", '"2,000,000"^^xsd:decimal', "is no number", "fsp:numericValue 2000000.0 ;"),
        ('"2019-01-01"', '"2019-1-1"', "is no date", 'fsp:earliestDate "2019-01-01"^^xsd:date ;'),
    ],
)
def test_what_is_told_is_what_helps(check_text: Check, right: str, wrong: str, words: str, example: str) -> None:
    """A text without a language is not called lacking, and what can only mean one thing is proposed."""
    (finding,) = check_text(sound_text().replace(right, wrong)).findings
    assert words in finding.message
    assert example in finding.example


def test_an_example_is_written_with_the_prefixes_of_the_file(check_text: Check) -> None:
    """Whatever they are called."""
    text = sound_text().replace("prefix fsp:", "prefix f:").replace(" fsp:", " f:").replace("f:buyer", "f:byer")
    assert [finding.example for finding in check_text(text).findings] == ["f:buyer"]


def test_two_faults_are_two_findings(check_text: Check) -> None:
    """A mended slip hides no other fault of the same thing."""
    text = (
        sound_text()
        .replace("a fsp:Contract ;", "a fsp:Contrat ;")
        .replace("fsp:buyer organisation:mill", "fsp:buyer place:mill")
    )
    report = check_text(text.replace("place:millbrook-council", "place:millbrook"))
    assert {finding.rule for finding in report.findings} == {"unknown-term", "ContractShape-buyer"}


def test_the_w3c_report_is_of_the_file_as_it_is(check_text: Check) -> None:
    """Not as it would be without its slips."""
    report = check_text(sound_text().replace("fsp:buyer organisation", "fsp:byer organisation"))
    shapes = {str(shape).rpartition("#")[2] for shape in report.shacl.objects(None, SH.sourceShape)}
    assert "ContractShape-buyer" in shapes


def test_violations_come_before_warnings(check_text: Check) -> None:
    """And the findings of one rule stand together."""
    text = sound_text().replace('    dcterms:description "The parks became cleaner."@en ;\n', "")
    report = check_text(text.replace("bound:exactly", "bound:exactli"))
    assert [finding.severity for finding in report.findings] == [Severity.VIOLATION, Severity.WARNING]


def test_the_users_own_shapes_are_not_carried_out(check_text: Check) -> None:
    """They are data; a remark says so, and what conforms stays conforming."""
    shape = (
        "\n@prefix sh: <http://www.w3.org/ns/shacl#> . <http://example.org/s> a sh:NodeShape ;"
        " sh:targetClass fsp:CaseStudy ; sh:property [ sh:path fsp:aim ; sh:minCount 9 ] ."
    )
    report = check_text(sound_text() + shape)
    assert ([one.rule for one in report.remarks], report.findings) == (["left-alone"], ())


def test_a_published_thing_that_a_file_breaks_is_told(check_text: Check, published: Published) -> None:
    """A second owner for a published measurement, though the file says nothing else of it."""
    measurement = min(published.graph.objects(None, FSP.hasMeasurement))
    text = sound_text().replace("measurement:millbrook-share ;", f"measurement:millbrook-share, <{measurement}> ;")
    owner, case = sorted(check_text(text).findings, key=lambda finding: finding.rule)
    assert [(one.rule, one.focus) for one in (owner, case)] == [
        ("MeasurementShape-owner", measurement),
        ("PartShape-case", measurement),
    ]
    assert owner.place is not None
    assert str(measurement).rpartition("/")[2] in owner.shown


def test_citations_are_compared_with_the_text_at_hand(check_text: Check) -> None:
    """The one that says something else is named at its line."""
    content = SOUND.with_suffix(".txt").read_bytes()
    source = SourceText(content.decode(), hashlib.sha256(content).hexdigest())
    assert check_text(sound_text(), source=source).findings == ()
    (finding,) = check_text(sound_text().replace("fsp:startOffset 0", "fsp:startOffset 4"), source=source).findings
    assert (finding.rule, finding.kind, finding.focus_label) == (
        "citation-mismatch",
        Kind.CITATION,
        "Characters 0 to 25",
    )


def test_a_text_that_nothing_cites_is_told(check_text: Check) -> None:
    """Rather than passed over."""
    source = SourceText("Something else.", hashlib.sha256(b"Something else.").hexdigest())
    assert [one.rule for one in check_text(sound_text(), source=source).findings] == ["citation-source"]


def test_identifiers_tell_that_a_body_is_there(published: Published) -> None:
    """Whatever it is called, and with a space behind it."""
    council = min(published.graph.subjects(RDF.type, URIRef("http://data.europa.eu/m8g/PublicOrganisation")))
    text = sound_text().replace("fsp:sector sector:public", "fsp:sector sector:public ; org:identifier 'E00000001 '")
    graph = published.graph + Graph().add(
        (council, URIRef("http://www.w3.org/ns/org#identifier"), Literal("E00000001"))
    )
    other = Published(graph=graph, ontology=published.ontology, shapes=published.shapes)
    (finding,) = check([DatasetFile(Path("a.ttl"), "a.ttl", content=text.encode())], other).findings
    assert (finding.rule, finding.severity) == ("already-there", Severity.WARNING)
    assert "same identifier" in finding.message


def test_one_short_code_in_two_schemes_tells_nothing(check_text: Check) -> None:
    """A college and a council may both be number 12."""
    code = "<http://www.w3.org/ns/adms#identifier> <https://w3id.org/fsp/id/identifier/millbrook>"
    text = sound_text().replace("fsp:sector sector:public", f"fsp:sector sector:public ; {code}")
    text += """
<https://w3id.org/fsp/id/identifier/millbrook> a <http://www.w3.org/ns/adms#Identifier> ;
    rdfs:label "Local authority 12"@en ;
    dcterms:conformsTo <https://w3id.org/fsp/scheme/identifier-scheme/la-number> ;
    dcterms:source <https://example.org/register> ;
    <http://www.w3.org/2004/02/skos/core#notation> "12" .
"""
    assert [finding.rule for finding in check_text(text).findings if finding.rule == "already-there"] == []


def test_a_malformed_first_day_of_an_identifier_is_told_once(check_text: Check) -> None:
    """Beside a right last day, with which it cannot be compared."""
    identifier = "<https://w3id.org/fsp/id/identifier/greenway>"
    text = sound_text().replace(
        "sector:private ;", f"sector:private ; <http://www.w3.org/ns/adms#identifier> {identifier} ;"
    )
    text += (
        f"{identifier} a <http://www.w3.org/ns/adms#Identifier> ;\n"
        '  <http://www.w3.org/2004/02/skos/core#notation> "01234567" ;\n'
        "  dcterms:conformsTo <https://w3id.org/fsp/scheme/identifier-scheme/company-number> ;\n"
        '  <https://schema.org/validThrough> "2019-12-31"^^xsd:date ;\n'
        '  <https://schema.org/validFrom> "2012"^^xsd:date .\n'
    )
    found = check_text(text).findings
    assert [one.rule for one in found if one.severity is Severity.VIOLATION] == ["malformed-value"]


@pytest.mark.parametrize(("kind", "class_"), [("grant", "Grant"), ("tender", "Contract"), ("charitable-arm", "Plan")])
def test_a_kind_of_thing_that_nothing_published_has_is_no_slip(check_text: Check, kind: str, class_: str) -> None:
    """Such as the first grant, whose namespace is like the one of brands."""
    thing = f'<https://w3id.org/fsp/id/{kind}/g> a fsp:{class_} ; rdfs:label "One of its kind"@en .\n'
    assert "unknown-namespace" not in {one.rule for one in check_text(sound_text() + thing).findings}


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("GBP", [("unknown-unit", Severity.VIOLATION, "fsp:unit unit:CCY_GBP ;")]),
        ("Pounds", [("unknown-unit", Severity.VIOLATION, "fsp:unit unit:CCY_GBP ;")]),
        ("HORSE", [("unknown-unit", Severity.WARNING, "")]),
        ("KiloGM", []),
        ("M", []),
        ("CCY_JPY", []),
    ],
)
def test_units_are_those_of_qudt(check_text: Check, unit: str, expected: list[tuple[str, Severity, str]]) -> None:
    """One that is nearly known is a Violation, with the right one; one that is not known is a Warning."""
    found = check_text(sound_text().replace("unit:CCY_GBP", f"unit:{unit}")).findings
    assert [(one.rule, one.severity, one.example) for one in found] == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("organisation:greenway a org:Organization", "organisation:greenway a fsp:Organisation", "org:Organization"),
        ("org:member organisation:greenway", "fsp:member organisation:greenway", "org:member"),
        ("outcome:millbrook-cleaner a fsp:Outcome", "outcome:millbrook-cleaner a fsp:outcomeType", "fsp:Outcome"),
        ("contract:millbrook a fsp:Contract", "contract:millbrook a fsp:Deal", "fsp:Contract"),
    ],
)
def test_the_term_that_was_meant_is_proposed(check_text: Check, old: str, new: str, expected: str) -> None:
    """Of another vocabulary, or by the thing's properties."""
    (finding,) = check_text(sound_text().replace(old, new)).findings
    assert finding.example == expected
    assert f"did you mean {expected}?" in finding.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"@context": "CONTEXT",\n"id": "thing:x",\n"labl": "A"}', [(3, "did you mean label?")]),
        ('{"@context": "CONTEXT",\n"id": "thing:x",\n"label": "A",\n"label": "B"}', [(4, "stands twice")]),
        ('{"@context": "CONTEXT",\n"@typ": "fsp:Outcome"}', [(2, "did you mean @type?")]),
        ('{"@context": {"a": "urn:a"},\n"org:member": "A"}', [(2, "is not in the context")]),
        ('{"label": "A",\n"description": "B"}', [(1, "has no @context")]),
        ('{"@context": {"a": {"@id": "urn:a", "@container": "@language"}, "b": null},\n"a": {"en": "A"}, "b": 1}', []),
    ],
)
def test_a_key_that_says_nothing_is_told(check_text: Check, text: str, expected: list[tuple[int, str]]) -> None:
    """JSON-LD drops it without a word (JSON-LD 1.1 API, section 5.1.2), unless that is meant."""
    found = [
        one for one in check_text(text.replace("CONTEXT", CONTEXT), "case.jsonld").findings if one.rule == "silent-key"
    ]
    assert [one.place and one.place.line for one in found] == [line for line, _ in expected]
    assert all(words in one.message for one, (_, words) in zip(found, expected, strict=True))
