"""What callers give for a parameter, and the terms that they mean."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from fsp.catalogue.choices import choices, prepare, resolve
from fsp.catalogue.parameters import ParameterType
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.errors import NotFoundError, ParameterError
from fsp.execution.interface import Executor

Write = Callable[[str], CannedQuery]

PRINCIPLE = "https://w3id.org/fsp/scheme/principle/charitable-arms"
COUNCIL = "https://w3id.org/fsp/id/organisation/trafford-council"


@pytest.mark.parametrize(
    ("query", "parameter", "given"),
    [
        ("cases-by-principle", "principle", (PRINCIPLE, PRINCIPLE)),
        ("cases-by-principle", "principle", (f"<{PRINCIPLE}>", PRINCIPLE)),
        ("cases-by-principle", "principle", ("principle:charitable-arms", PRINCIPLE)),
        ("cases-by-principle", "principle", ("charitable-arms", PRINCIPLE)),
        ("cases-by-principle", "principle", (" Engaging with CHARITABLE arms ", PRINCIPLE)),
        ("partners-and-roles", "organisation", ("trafford-council", COUNCIL)),
        ("partners-and-roles", "organisation", ("Trafford Council", COUNCIL)),
        ("partners-and-roles", "organisation", ("organisation:trafford-council", COUNCIL)),
        ("contracts", "buyer", ("trafford council", COUNCIL)),
        # Not among the choices, for it supplies nothing, but of the class: the answer is empty, not an error.
        ("contracts", "supplier", ("trafford-council", COUNCIL)),
        ("evidence-for-a-thing", "thing", ("Trafford Council", COUNCIL)),
        ("evidence-for-a-thing", "thing", (PRINCIPLE, PRINCIPLE)),
    ],
)
def test_thing_is_found_by_any_of_its_names(
    catalogue: Catalogue, executor: Executor, query: str, parameter: str, given: tuple[str, str]
) -> None:
    """IRI, prefixed name, short name and label all mean the same thing, in capitals or not."""
    text, iri = given
    found = resolve(catalogue.get(query), {parameter: [text]}, executor)
    assert found == {parameter: (ox.NamedNode(iri),)}


@pytest.mark.parametrize(
    ("query", "parameter", "fault"),
    [
        ("cases-by-principle", "principle", ("charitable-arm", r"Did you mean charitable-arms \(Engaging")),
        ("cases-by-principle", "principle", ("xyzzy", r"Choose from additional-value \(Additional value")),
        ("partners-and-roles", "organisation", ("xyzzy", "It can be, for instance, ")),
        ("cases-by-principle", "principle", (COUNCIL, "is no value of 'principle'")),
        ("cases-by-principle", "principle", ("https://w3id.org/fsp/scheme/status/done", "is no value of 'principle'")),
        ("partners-and-roles", "organisation", (PRINCIPLE, "is no value of 'organisation'")),
        ("partners-and-roles", "organisation", ("x> } DROP ALL #", "is no value of 'organisation'")),
        ("partners-and-roles", "organisation", ('" || true || "', "is no value of 'organisation'")),
        ("partners-and-roles", "organisation", ("\\", "is no value of 'organisation'")),
        ("evidence-for-a-thing", "thing", ("https://example.org/unknown", "is no value of 'thing'")),
        ("events-by-year", "year", ("MMIX", "it is a whole number, such as 2009")),
        ("events-by-year", "year", ("2009; DROP", "it is a whole number")),
        ("events-by-year", "year", ("२००९", "it is a whole number")),
        ("events-by-year", "year", ("2_009", "it is a whole number")),
        ("events-by-year", "nothing", ("", r"has no parameter 'nothing'. Its parameters: year\.")),
    ],
)
def test_value_that_does_not_fit_is_explained(
    catalogue: Catalogue, executor: Executor, query: str, parameter: str, fault: tuple[str, str]
) -> None:
    """The error names the parameter, what was given and what is allowed."""
    text, message = fault
    with pytest.raises(ParameterError, match=message) as caught:
        resolve(catalogue.get(query), {parameter: [text]}, executor)
    assert caught.value.parameter == parameter


@pytest.mark.parametrize("values", [[], [""], ["", " "]])
def test_empty_value_means_any(catalogue: Catalogue, executor: Executor, values: list[str]) -> None:
    """A field that is left empty restricts nothing, whatever the default."""
    assert resolve(catalogue.get("events-by-year"), {"year": values}, executor) == {"year": ()}


def test_several_values_are_kept_once_each(catalogue: Catalogue, executor: Executor) -> None:
    """Several values are alternatives; the same thing by two names is one; empty ones beside others are passed over."""
    given = {"principle": ["charitable-arms", "", PRINCIPLE, "additional-value"]}
    found = resolve(catalogue.get("cases-by-principle"), given, executor)["principle"]
    assert [term.value.rsplit("/", 1)[1] for term in found] == ["charitable-arms", "additional-value"]


def test_name_of_several_things_is_refused(catalogue: Catalogue, executor: Executor) -> None:
    """Where a short name is not unique, the error lists the IRIs."""
    with pytest.raises(ParameterError, match=r"'trafford' names several things .* <https://w3id.org/fsp/id/"):
        resolve(catalogue.get("evidence-for-a-thing"), {"thing": ["trafford"]}, executor)


TYPED = """\
#+ summary: What is it?
#+ description: The value.
#+ tags: [test]
#+ parameters:
#+   value:
#+     label: Value
#+     description: A value.
#+     type: TYPE

SELECT ?value WHERE { VALUES ?value { UNDEF } }
"""


@pytest.mark.parametrize(
    ("type_", "right", "wrong"),
    [
        (ParameterType.INTEGER, ["0", "-3", " 2009 "], ["1.5", "1e3", "0x1", "9" * 101, "one"]),
        (ParameterType.DECIMAL, ["2.5", "-.5", "3"], ["1,5", "1e3", "NaN", "INF", "."]),
        (ParameterType.DATE, ["2012-04-30"], ["2012-02-30", "2012-4-3", "20120430", "30/04/2012", "2012-04-30T00:00"]),
        (ParameterType.BOOLEAN, ["true", "false"], ["True", "yes", "2"]),
        (ParameterType.STRING, ["", "any text", '"'], ["\ud800"]),
    ],
)
def test_literal_is_checked_against_its_type(
    write: Write, executor: Executor, type_: ParameterType, right: list[str], wrong: list[str]
) -> None:
    """A literal is in its datatype's lexical space, or it is refused (XML Schema 1.1 part 2, section 3)."""
    query = write(TYPED.replace("TYPE", type_))
    for text in filter(None, right):
        (term,) = resolve(query, {"value": [text]}, executor)["value"]
        assert term == ox.Literal(text.strip(), datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{type_}"))
    for text in wrong:
        with pytest.raises(ParameterError, match="is no value of 'value': it is "):
            resolve(query, {"value": [text]}, executor)


def test_literal_outside_listed_choices_is_refused(write: Write, executor: Executor) -> None:
    """Where the header lists choices, nothing else is allowed."""
    query = write(TYPED.replace("TYPE", "integer\n#+     choices: [1, 2]"))
    assert choices(query.parameters["value"], executor, 1)[1] is False
    with pytest.raises(ParameterError, match=r"Choose from 1, 2\."):
        resolve(query, {"value": ["3"]}, executor)


def test_choices_come_from_the_data(catalogue: Catalogue, executor: Executor) -> None:
    """Concepts of a scheme, things of a class, and what a query of the header lists, in the order of their labels."""
    principles, whole = choices(catalogue.get("cases-by-principle").parameters["principle"], executor, 10)
    companies, _ = choices(catalogue.get("charitable-arms").parameters["company"], executor, 10)
    organisations, all_of_them = choices(catalogue.get("partners-and-roles").parameters["organisation"], executor, 5)
    assert [choice.label for choice in principles] == [
        "Additional value through partnership",
        "Building partnerships across sectors",
        "Engaging with charitable arms",
        "Investing large providers' capacity in the community",
    ]
    assert whole
    assert [choice.label for choice in companies] == ["John Laing"]
    assert (len(organisations), all_of_them) == (5, False)


def test_free_literal_has_no_choices(catalogue: Catalogue, executor: Executor) -> None:
    """A year is written, not chosen."""
    assert choices(catalogue.get("events-by-year").parameters["year"], executor, 10) == ([], True)


def test_prepared_query_holds_terms(catalogue: Catalogue, executor: Executor) -> None:
    """What is asked is the file's own query with the term in its block."""
    text = prepare(catalogue.get("cases-by-principle"), {"principle": ["charitable-arms"]}, executor)
    assert f"VALUES ?principle {{ <{PRINCIPLE}> }}" in text


def test_unknown_query_has_a_hint(catalogue: Catalogue) -> None:
    """A name that is nearly right leads to the right one."""
    with pytest.raises(NotFoundError, match=r"There is no query 'contract'. Did you mean .*contracts"):
        catalogue.get("contract")
