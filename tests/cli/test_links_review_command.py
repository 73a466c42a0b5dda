"""`fsp links review`: identifiers are facts, names are asked about, and a refusal is remembered."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, XSD

from fsp.cli import main
from fsp.namespaces import SSSOM, THING
from fsp.turtle.write import format_text

REGISTER = THING["local-authority/TRF"]
BY_NAME = THING["organisation/ocds-213czf-1/1"]
BY_IDENTIFIER = THING["organisation/GB-LAE-TRF"]


@pytest.fixture
def contracts(runner: CliRunner, tmp_path: Path) -> Path:
    """Two imported bodies: one with an identifier of a council, one with the name of another alone."""
    parties = [
        {"id": "1", "name": "Peterborough City Council", "roles": ["buyer"]},
        {
            "id": "2",
            "name": "A body of Trafford",
            "roles": ["supplier"],
            "identifier": {"scheme": "GB-LAE", "id": "TRF"},
        },
    ]
    package = {"version": "1.1", "releases": [{"ocid": "ocds-213czf-1", "id": "a", "parties": parties}]}
    source, output = tmp_path / "package.json", tmp_path / "contracts.trig"
    source.write_text(json.dumps(package), encoding="utf-8")
    assert runner.invoke(main, ["import", "ocds", str(source), "-o", str(output)]).exit_code == 0
    return output


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    """A file of decisions, which is not there yet."""
    return tmp_path / "decisions" / "reviewed.ttl"


def review(runner: CliRunner, contracts: Path, decisions: Path, *arguments: str, answers: str = "") -> tuple[int, str]:
    """Run the command, and return its exit code with all that it said."""
    decisions.parent.mkdir(exist_ok=True)
    command = ["links", "review", str(contracts), "--decisions", str(decisions), *arguments]
    result = runner.invoke(main, command, input=answers)
    return result.exit_code, result.output


def open_ids(runner: CliRunner, contracts: Path, decisions: Path) -> list[str]:
    """Return the ids of the candidates that are listed."""
    code, said = review(runner, contracts, decisions, "--list")
    assert code == 0
    return re.findall(r"^([0-9a-f]{10}) ", said, flags=re.MULTILINE)


def read(decisions: Path) -> Graph:
    """Return the decisions, which are in the project's style."""
    text = decisions.read_text(encoding="utf-8")
    assert format_text(text) == text
    return Graph().parse(data=text, format="turtle")


def test_a_list_writes_nothing(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """It shows what is open, of names alone."""
    assert open_ids(runner, contracts, decisions)
    assert list(decisions.parent.iterdir()) == []


def test_identifiers_are_facts_and_names_are_asked_about(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """Without an answer, only the body with an identifier is linked, and says by which."""
    code, _ = review(runner, contracts, decisions, answers="q\n")
    graph = read(decisions)
    assert code == 0
    assert (BY_IDENTIFIER, OWL.sameAs, REGISTER) in graph
    assert list(graph.objects(BY_NAME, OWL.sameAs)) == []
    axiom = graph.value(None, OWL.annotatedTarget, REGISTER)
    assert str(graph.value(axiom, SSSOM.mapping_justification)).endswith("LogicalReasoning")
    assert Literal("GB-LAE-TRF") in set(graph.objects(axiom))


def test_each_answer_is_written_at_once(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """Yes links, no is remembered with its triple left out, and skip leaves a candidate open."""
    count = len(open_ids(runner, contracts, decisions))
    assert count >= 1
    review(runner, contracts, decisions, answers="n\n" + "s\n" * count)
    graph = read(decisions)
    refused = list(graph.subjects(SSSOM.predicate_modifier, SSSOM.NegatedPredicate))
    assert len(refused) == 1
    source, target = (graph.value(refused[0], one) for one in (OWL.annotatedSource, OWL.annotatedTarget))
    assert isinstance(source, URIRef)
    assert (source, OWL.sameAs, target) not in graph
    assert len(open_ids(runner, contracts, decisions)) == count - 1


def test_a_candidate_is_accepted_by_its_id(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """Without questions; the link stands, and is not asked about again."""
    first, *rest = open_ids(runner, contracts, decisions)
    code, said = review(runner, contracts, decisions, "--accept", first)
    graph = read(decisions)
    assert (code, "Are they the same" in said) == (0, False)
    (axiom,) = [one for one in graph.subjects(RDF.type, OWL.Axiom) if str(one).endswith(first)]
    assert graph.value(axiom, OWL.annotatedSource) == BY_NAME
    assert (BY_NAME, OWL.sameAs, graph.value(axiom, OWL.annotatedTarget)) in graph
    assert open_ids(runner, contracts, decisions) == rest


def test_a_refusal_can_be_taken_back(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """The later decision about a pair takes the place of the earlier."""
    first, *_ = open_ids(runner, contracts, decisions)
    review(runner, contracts, decisions, "--refuse", first)
    assert (None, SSSOM.predicate_modifier, SSSOM.NegatedPredicate) in read(decisions)
    code, said = review(runner, contracts, decisions, "--accept", first)
    assert (code, "1 new or changed" in said) == (0, True)
    assert (None, SSSOM.predicate_modifier, SSSOM.NegatedPredicate) not in read(decisions)


def test_a_match_by_identifier_can_be_refused(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """The imported data may be wrong; the refusal stays in the next review."""
    review(runner, contracts, decisions, answers="q\n")
    axiom = read(decisions).value(None, OWL.annotatedTarget, REGISTER)
    assert review(runner, contracts, decisions, "--refuse", str(axiom)[-10:])[0] == 0
    review(runner, contracts, decisions, answers="q\n")
    graph = read(decisions)
    assert (BY_IDENTIFIER, OWL.sameAs, REGISTER) not in graph
    assert (axiom, SSSOM.predicate_modifier, SSSOM.NegatedPredicate) in graph


def test_an_id_is_accepted_or_refused(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """Not both at once."""
    first, *_ = open_ids(runner, contracts, decisions)
    assert review(runner, contracts, decisions, "--accept", first, "--refuse", first)[0] == 2
    assert not decisions.exists()


def test_a_decision_names_its_evidence(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """The imported record, how sure it is, and the day, which stays when the same is decided again."""
    first, *_ = open_ids(runner, contracts, decisions)
    review(runner, contracts, decisions, "--accept", first)
    text = decisions.read_text(encoding="utf-8")
    decisions.write_text(re.sub(r'"\d{4}-\d\d-\d\d"', '"2020-01-02"', text), encoding="utf-8")
    review(runner, contracts, decisions, "--accept", first)
    graph = read(decisions)
    axioms = list(graph.subjects(RDF.type, OWL.Axiom))
    assert len(axioms) >= 2
    for axiom in axioms:
        assert "/id/file/" in str(graph.value(axiom, DCTERMS.source))
        assert graph.value(axiom, DCTERMS.date) == Literal("2020-01-02", datatype=XSD.date)
        by_name = str(axiom).endswith(first)
        assert str(graph.value(axiom, SSSOM.confidence)) == ("0.9" if by_name else "0.99")


def test_doing_it_again_changes_nothing(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """The same decisions give the same bytes."""
    first, *_ = open_ids(runner, contracts, decisions)
    review(runner, contracts, decisions, "--accept", first)
    before = decisions.read_bytes()
    review(runner, contracts, decisions, "--accept", first)
    assert decisions.read_bytes() == before


def test_an_unknown_id_writes_nothing(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """Nor does what is named beside it."""
    first, *_ = open_ids(runner, contracts, decisions)
    code, said = review(runner, contracts, decisions, "--accept", first, "--refuse", "0000000000")
    assert code == 2
    assert "There is no candidate 0000000000: nothing was written" in said
    assert not decisions.exists()


def test_a_damaged_file_is_left_as_it_is(runner: CliRunner, contracts: Path, decisions: Path) -> None:
    """It is told, and nothing is lost."""
    decisions.parent.mkdir()
    decisions.write_text("no Turtle", encoding="utf-8")
    code, said = review(runner, contracts, decisions, "--list")
    assert code == 2
    assert "is no Turtle" in said
    assert decisions.read_text(encoding="utf-8") == "no Turtle"
