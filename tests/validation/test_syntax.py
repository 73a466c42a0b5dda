"""A user's file is read with the place of each triple, and every fault of its syntax is told in words."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, XSD

from fsp.dataset.files import DatasetFile, project_dataset
from fsp.validation.jsonld import CONTEXT
from fsp.validation.places import ParsedFile, Place
from fsp.validation.syntax import parse_file

EX = Namespace("https://example.org/")
PREFIX = "@prefix ex: <https://example.org/> .\n"

RDF_XML = (
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:"><r:Description r:about="urn:a">'
    '<u:p r:resource="urn:b"/></r:Description></r:RDF>'
)


def parsed(text: str | bytes, suffix: str = ".ttl") -> ParsedFile:
    """Read a text as a file of some format."""
    content = text if isinstance(text, bytes) else text.encode()
    return parse_file(DatasetFile(Path("case"), f"case{suffix}", content=content))


def faults(text: str | bytes, suffix: str = ".ttl") -> list[tuple[int, int, str]]:
    """Return line, column and words of each fault."""
    return [(one.place.line, one.place.column, one.message) for one in parsed(text, suffix).faults]


PLACES = {
    ".ttl": (PREFIX + 'ex:a a ex:C ;\n  ex:p 25.0, "é" ;\n  ex:q [ ex:p 1 ] .\n', (3, 3), (3, 8), (2, 1)),
    ".trig": (PREFIX + "ex:g {\n  ex:a a ex:C ;\n    ex:p 25.0 .\n}\n", (4, 5), (4, 10), (3, 3)),
    ".nt": (
        '# c\n<https://example.org/a> <https://example.org/p> "25.0"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n',
        (2, 25), (2, 49), (2, 1),
    ),
    ".nq": (
        '<https://example.org/a> <https://example.org/p> "25.0"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .',
        (1, 25), (1, 49), (1, 1),
    ),
    ".rdf": (
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="https://example.org/">
 <rdf:Description rdf:about="https://example.org/a">
  <ex:p rdf:datatype="http://www.w3.org/2001/XMLSchema#decimal">25.0</ex:p>
 </rdf:Description>
</rdf:RDF>""",
        (3, 3), (3, 3), (2, 2),
    ),
    ".jsonld": (
        """{"@context": {"ex": "https://example.org/", "p": {"@id": "ex:p",
  "@type": "http://www.w3.org/2001/XMLSchema#decimal"}},
 "@id": "ex:a",
 "p": ["1.0",
  "25.0"]}""",
        (4, 2), (5, 3), (3, 9),
    ),
}  # fmt: skip


@pytest.mark.parametrize("suffix", PLACES)
def test_each_triple_has_its_place(suffix: str) -> None:
    """Subject, predicate and object, line and column counted from 1, literals as they are written."""
    text, predicate, value, subject = PLACES[suffix]
    file = parsed(text, suffix)
    place = file.place_of((EX.a, EX.p, Literal("25.0", datatype=XSD.decimal, normalize=False)))

    assert file.faults == ()
    assert place is not None
    assert [(one.line, one.column) for one in (place.predicate, place.object, place.subject)] == [
        predicate,
        value,
        subject,
    ]
    assert set(file.places) == set(file.graph)


@pytest.mark.parametrize(
    ("suffix", "format_"),
    [
        (".ttl", ox.RdfFormat.TURTLE),
        (".trig", ox.RdfFormat.TRIG),
        (".nt", ox.RdfFormat.N_TRIPLES),
        (".nq", ox.RdfFormat.N_QUADS),
        (".rdf", ox.RdfFormat.RDF_XML),
        (".jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_the_published_cases_are_read_alike_in_every_format(suffix: str, format_: ox.RdfFormat) -> None:
    """The graph is the one that another parser reads, and each triple has a place on some line of its own thing."""
    cases = next(file for file in project_dataset().files if file.name == "data/cases.ttl")
    triples = list(ox.parse(cases.path.read_bytes(), ox.RdfFormat.TURTLE))
    file = parsed(ox.serialize(triples, format=format_) or b"", suffix)
    expected = Graph().parse(data=(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode(), format="nt")

    assert file.faults == ()
    assert len(file.graph) == len(expected)
    assert {str(one) for triple in file.graph for one in triple} >= {str(one) for one in expected.subjects()}
    if suffix not in {".jsonld", ".rdf"}:
        assert isomorphic(file.graph, parse_file(cases).graph)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('ex:a a ex:B ;\n  ex:p "x"\nex:b a ex:C .', (3, 11, "full stop is missing")),
        ("ex:a a ex:B ;\nex:b a ex:C .", (2, 13, "semicolon should be a full stop")),
        ('ex:a ex:p "x"\n  ex:q 2 .', (2, 14, "semicolon is missing")),
        ("ex:a ex:p ex:b ex:c ; ex:q 1 .", (2, 15, "comma is missing")),
        ('ex:a ex:p "x", ex:q "y" .', (2, 14, "comma should be a semicolon")),
        ("ex:a case:p 1 .", (2, 6, "Add this line at the top: @prefix case: <https://w3id.org/fsp/id/case/> .")),
        ("ex:a nobody:p 1 .", (2, 6, "The prefix nobody: is not declared")),
        ('ex:a ex:p "x@en ;\n  ex:q 1 .', (2, 11, 'no closing " on its line')),
        ('ex:a ex:p """x\ny .\n', (2, 11, 'never closed by """')),
        ('ex:a ex:p "say "hi" now" .', (2, 16, 'Write \\" for one that belongs to the text')),
        ("ex:a ex:p “x”@en .", (2, 11, "typographic quotation mark")),
        ("ex:a ex:p <https://example.org/a b> .", (2, 11, "space in the IRI")),
        ("ex:a ex:p <https://example.org/a .", (2, 11, "no closing >")),
        ("a ex:p ex:b .", (2, 1, "a stands for rdf:type")),
        ("ex:a ex:p a .", (2, 11, "a stands for rdf:type")),
        ("ex:a ex:p True .", (2, 11, "true, in small letters")),
        ("ex:a ex:p Monday .", (2, 11, "neither a name with a prefix")),
        ("ex:a ex:p 2011-01-01 .", (2, 11, '"2011-01-01"^^xsd:date')),
        ('ex:a ex:p "x"@en_GB .', (2, 14, "write @en-GB")),
        ('ex:a ex:p "a\\qb" .', (2, 11, "\\q is no escape")),
        ('"x" ex:p 1 .', (2, 1, "cannot be a subject")),
        ("ex:a _:p 1 .", (2, 6, "never a blank node")),
        ("ex:a ex:p 1", (2, 12, "full stop is missing")),
        ("ex:a ex:p [ ex:q 1 .", (2, 20, "] at the end")),
        ("ex:a ex:p ( 1 .", (2, 15, ") at the end of the list")),
        ("@prefix fsp <https://w3id.org/fsp/def#> .", (2, 12, "write fsp: instead")),
        ("@prefix fsp: <https://w3id.org/fsp/def#>\nex:a a ex:B .", (2, 41, "full stop is missing")),
        ("PREFIX fsp: <https://w3id.org/fsp/def#> .", (2, 41, "take it away")),
        ("ex:g { ex:a a ex:B }", (2, 6, "name the file .trig")),
        ("ex:a ex:p\u00a01 .", (2, 10, "no-break space")),
        ("ex:a = 1 .", (2, 6, "= is no Turtle")),
        ("<< ex:a ex:p 1 >> ex:q 2 .", (2, 1, "RDF 1.2")),
        ("ex:a ex:p ( " + "( " * 200, (2, 211, "more than 100 deep")),
    ],
)
def test_each_slip_is_one_fault_in_plain_words(body: str, expected: tuple[int, int, str]) -> None:
    """With the line and the column, what was expected, and the sound statements after it read."""
    line, column, words = expected
    found = faults(PREFIX + body + "\nex:last a ex:Sound .\n" if "deep" not in words else PREFIX + body)

    assert [(one[0], one[1]) for one in found] == [(line, column)]
    assert words in found[0][2]


def test_a_file_that_ends_too_early_is_told() -> None:
    """With the line on which its last statement begins."""
    assert faults("<urn:a>\n <urn:p> 1") == [
        (2, 11, "The file ends here, but the statement that begins on line 1 has no full stop.")
    ]


def test_all_faults_are_told() -> None:
    """Not just the first; what is sound is read all the same."""
    file = parsed(
        PREFIX
        + 'ex:a ex:p "x .\nex:b ex:p 1 .\nex:c nobody:p 2 .\nex:d ex:p “y” .\nex:e ex:p 3 ex:f .\nex:g a ex:C .\n'
    )

    assert [fault.place.line for fault in file.faults] == [2, 4, 5, 6]
    assert {EX.b, EX.g} <= set(file.graph.subjects())


def test_a_fault_is_shown_with_its_line() -> None:
    """And a caret under the column, tabs kept."""
    (fault,) = parsed(PREFIX + "\tex:a nobody:p 1 .\n").faults

    assert fault.shown().splitlines()[1:] == ["  2 | \tex:a nobody:p 1 .", "      \t     ^"]
    assert str(fault.place) == "case.ttl:2:7"


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (".nt", "<urn:a> <urn:p> <urn:b>\nex:a <urn:p> 1 .\n<urn:a> <urn:p> 'x' .\n_:a <urn:p> _:b .", [1, 2, 3]),
        (".nt", "<urn:a> <urn:p> <urn:b> <urn:g> .", [1]),
        (".nq", "<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:p> 5 .\n@prefix a: <urn:a> .", [2, 3]),
        (".trig", "{ <urn:a> <urn:p> <urn:b> }\n<urn:g> { <urn:a> <urn:p> }\n", [2]),
        (".jsonld", '{\n "@id": "urn:a",\n}', [3]),
        (".rdf", "<a>\n<b>\n</a>", [3]),
        (".rdf", "<a/>\n<b/>", [2]),
        (".n3", "{ ?a ?b ?c } => { } .", [1]),
    ],
)  # fmt: skip
def test_faults_of_the_other_formats(suffix: str, text: str, expected: list[int]) -> None:
    """N-Triples and N-Quads tell each bad line; RDF/XML and JSON-LD the first."""
    assert [line for line, _, _ in faults(text, suffix)] == expected


@pytest.mark.parametrize(
    ("suffix", "text", "words"),
    [
        (".jsonld", '{"@context": "https://example.org/context.jsonld", "@id": "urn:a"}', "nothing is fetched"),
        (".jsonld", '{"@context": [{}, "file:///etc/passwd"], "@id": "urn:a"}', "nothing is fetched"),
        (
            ".jsonld",
            '{"@context": {"@version": 1.1, "@import": "https://example.org/"}}',
            "@import would have to fetch",
        ),
        (".jsonld", '{"a":{"@context": "https://example.org/c"}}', "nothing is fetched"),
        (".jsonld", '{"@context": {"p": {"@id": "urn:p", "@context": "https://example.org/c"}}}', "nothing is fetched"),
        (".jsonld", "[" * 100_000, "nested too deeply"),
        (".rdf", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE"),
        (".rdf", '<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "https://example.org/a.dtd"><a/>', "DOCTYPE"),
    ],
)
def test_nothing_is_fetched(suffix: str, text: str, words: str) -> None:
    """A context, an entity or a DTD that lies elsewhere is a fault that says what to do instead."""
    found = faults(text, suffix)

    assert len(found) == 1
    assert words in found[0][2]


def test_the_projects_own_context_is_at_hand() -> None:
    """Named by its IRI, it is read from the package."""
    file = parsed(f'{{"@context": "{CONTEXT}",\n "id": "urn:a",\n "type": "fsp:Outcome",\n "label": "x"}}', ".jsonld")

    assert file.faults == ()
    assert (URIRef("urn:a"), RDF.type, URIRef("https://w3id.org/fsp/def#Outcome")) in file.graph
    assert file.find(URIRef("urn:a"), URIRef("http://www.w3.org/2000/01/rdf-schema#label")) == Place(
        "case.jsonld", 4, 2
    )


def test_an_encoding_fault_is_told_at_its_place() -> None:
    """With the byte, and what it would be in Windows-1252."""
    ((line, column, words),) = faults(PREFIX.encode() + b'ex:a ex:p "caf\xe9" .\n')

    assert (line, column) == (2, 15)
    assert "Windows-1252, where this is é" in words


def test_a_fault_has_a_place_that_fits_it() -> None:
    """Value, property, class, or first mention, whichever is nearest; inverse paths too."""
    file = parsed(PREFIX + "ex:x ex:q ex:a .\nex:a ex:p 1 ;\n  a ex:C ;\n  ex:p 2 .\n")
    two = Literal("2", datatype=XSD.integer, normalize=False)

    assert file.find(EX.a, EX.p, two) == Place("case.ttl", 5, 8)
    assert file.find(EX.a, EX.p) == Place("case.ttl", 3, 6)
    assert file.find(EX.a, EX.r) == Place("case.ttl", 3, 1)
    assert file.find(EX.a, EX.q, EX.x) == Place("case.ttl", 2, 11)
    assert file.find(EX.C) == Place("case.ttl", 4, 5)
    assert file.find(EX.nothing) is None
    assert file.find_term(EX.q) == Place("case.ttl", 2, 6)


def test_blank_nodes_of_the_graph_have_places() -> None:
    """Those of two files stay apart."""
    one, other = parsed(PREFIX + "_:x ex:p 1 ."), parsed(PREFIX + "_:x ex:p 1 .")
    (node,) = one.graph.subjects()

    assert isinstance(node, BNode)
    assert one.find(node) == Place("case.ttl", 2, 1)
    assert other.find(node) is None


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("<data><a>null</a></data>", (1, 1), "XML namespaces are required in RDF/XML."),
        ("<a>\n<b><c/><d/></b></a>", (2, 8), "the elements here make no statement. Each needs a namespace"),
    ],
)
def test_xml_that_makes_no_statement_is_a_fault(text: str, place: tuple[int, int], words: str) -> None:
    """Elements without a namespace, and elements that do not take turns: told in words, whatever rdflib trips over."""
    ((line, column, said),) = faults(text, ".rdf")

    assert (line, column) == place
    assert words in said


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld"])
def test_a_byte_order_mark_is_no_fault(suffix: str) -> None:
    """Some editors begin a file of UTF-8 with one."""
    text = {".rdf": RDF_XML, ".jsonld": '{"@id": "urn:a", "urn:p": {"@id": "urn:b"}}'}.get(
        suffix, "<urn:a> <urn:p> <urn:b> ."
    )
    file = parsed(b"\xef\xbb\xbf" + text.encode(), suffix)
    assert file.faults == ()
    assert (URIRef("urn:a"), URIRef("urn:p"), URIRef("urn:b")) in file.graph


@pytest.mark.parametrize(
    ("suffix", "text", "words"),
    [
        (".ttl", '{"@context": {"ex": "https://example.org/"}, "@id": "ex:a"}', "This is JSON-LD, not Turtle."),
        (".ttl", ' <?xml version="1.0"?>\n' + RDF_XML, "This is RDF/XML, not Turtle."),
        (".trig", RDF_XML.replace("r:", "rdf:"), "This is RDF/XML, not TriG."),
        (".jsonld", PREFIX + "ex:a a ex:C .", "This is Turtle, not JSON-LD."),
        (".rdf", "# A case\n" + PREFIX, "This is Turtle, not RDF/XML."),
    ],
)
def test_a_file_in_another_format_than_its_name_says_is_one_fault(suffix: str, text: str, words: str) -> None:
    """Instead of a fault for each character that the named format does not have."""
    (fault,) = faults(text, suffix)
    assert (fault[:2], fault[2].startswith(words)) == ((1, 1), True)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("ex:g {\n ex:a a ex:C .\n\nex:h {\n ex:b a ex:C .\n}\n", (2, 6, "The graph that { opens here has no }")),
        ("ex:g {\n ex:a a ex:C .\n", (2, 6, "The graph that { opens here has no }")),
        ("ex:g {\n ex:a ex:p }\nex:h {\n ex:b a ex:C .\n}\n", (3, 12, "} ends the graph here, but a value")),
        ("GRAPH ex:g {\n ex:a a a .\n ex:b a ex:C\n}\n", (3, 9, "a stands for rdf:type")),
    ],
)
def test_a_fault_within_a_graph_of_trig_is_told_once(body: str, expected: tuple[int, int, str]) -> None:
    """Where the graph opens that is not closed; what follows is read (RDF 1.1 TriG, section 2.2)."""
    ((line, column, message),) = faults(PREFIX + body, ".trig")
    assert (line, column) == expected[:2]
    assert message.startswith(expected[2])


@pytest.mark.parametrize("next_", ['ex:p "v" .', "ex:p 5 ; ex:q ex:b .", "a ex:D .", "ex:p ex:b ."])
def test_a_full_stop_where_a_semicolon_belongs_is_told_at_its_place(next_: str) -> None:
    """As the indent shows; the property is read with the thing that it is about."""
    file = parsed(PREFIX + f"ex:a a ex:C .\n  {next_}\nex:z a ex:C .\n")

    assert [(one.place.line, one.place.column) for one in file.faults] == [(2, 13)]
    assert "should be a semicolon" in file.faults[0].message
    assert len(list(file.graph.predicate_objects(EX.a))) >= 2


def test_a_statement_may_be_indented() -> None:
    """Only what has no subject goes on with the one before."""
    assert faults(PREFIX + "ex:a a ex:C .\n  ex:b ex:p ex:c .\n  <urn:d> ex:p 5 .\n") == []
