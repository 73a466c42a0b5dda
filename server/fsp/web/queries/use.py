"""The very call for what a page shows, in the languages that people work in."""

import shlex
from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext

from fsp.web.queries.asked import Asked

__all__ = ["Call", "calls"]


@dataclass(frozen=True, slots=True)
class Call:
    """One way to get the answer.

    Attributes:
        name: short name, for links and tests.
        title: the language or program.
        hint: what to do with the text.
        text: the call itself.
    """

    name: str
    title: str
    hint: str
    text: str


def calls(asked: Asked, text: str) -> list[Call]:
    """Return the calls for a question with the parameters that it has now.

    Args:
        asked: the request.
        text: its SPARQL, with the parameters' terms in it.
    """
    endpoint = url_for("sparql.sparql", _external=True)
    if asked.query.form in {"CONSTRUCT", "DESCRIBE"}:
        return [
            Call("curl", "curl", _SHELL, f"curl --header 'Accept: text/turtle' {shlex.quote(asked.address())}"),
            Call("sparqlwrapper", "Python, SPARQLWrapper", _GRAPH, _sparqlwrapper_graph(endpoint, text)),
        ]
    csv = asked.address("csv")
    return [
        Call("curl", "curl", _SHELL, f"curl --header 'Accept: text/csv' {shlex.quote(asked.address())}"),
        Call("pandas", "Python, pandas", _TABLE, f'import pandas\n\nrows = pandas.read_csv("{csv}")\nprint(rows)'),
        Call("sparqlwrapper", "Python, SPARQLWrapper", _ANY, _sparqlwrapper(endpoint, text)),
        Call("r", "R", _TABLE, f'rows <- read.csv("{csv}", encoding = "UTF-8")\nprint(rows)'),
        Call("excel", "Excel, Power Query", _EXCEL, _power_query(csv)),
        Call("libreoffice", "LibreOffice Calc", _CALC, f'=WEBSERVICE("{csv}")'),
        Call("importdata", "Google Sheets", _SHEETS, f'=IMPORTDATA("{csv}")'),
    ]


_SHELL = lazy_gettext("In a terminal; another Accept header gives another format.")
_TABLE = lazy_gettext("The answer as a data frame.")
_ANY = lazy_gettext("The SPARQL itself, sent to the endpoint: change it as you like. Needs the package SPARQLWrapper.")
_GRAPH = lazy_gettext("The SPARQL itself, sent to the endpoint; the answer is a graph of RDFLib.")
_EXCEL = lazy_gettext(
    "Data, Get Data, Launch Power Query Editor, then a blank query with this text in its advanced editor."
)
_CALC = lazy_gettext(
    "The rows as text in one cell. For a table that can be refreshed: Sheet, External Links, and the address in it."
)
_SHEETS = lazy_gettext("For a service that can be reached from the web; the rows fill the cells below.")


def _sparqlwrapper(endpoint: str, text: str) -> str:
    return f"""from SPARQLWrapper import JSON, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}", returnFormat=JSON)
endpoint.setQuery({_python_text(text)})
for row in endpoint.queryAndConvert()["results"]["bindings"]:
    print({{name: cell["value"] for name, cell in row.items()}})"""


def _sparqlwrapper_graph(endpoint: str, text: str) -> str:
    return f"""from rdflib import Graph
from SPARQLWrapper import TURTLE, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}", returnFormat=TURTLE)
endpoint.setQuery({_python_text(text)})
graph = Graph().parse(data=endpoint.queryAndConvert(), format="turtle")
print(graph.serialize(format="turtle"))"""


def _python_text(text: str) -> str:
    """Return a text as a Python literal: over several lines where nothing in it would end or escape them."""
    return repr(text) if '"""' in text or "\\" in text or text.endswith('"') else f'"""\n{text}"""'


def _power_query(address: str) -> str:
    return f"""let
    Source = Csv.Document(Web.Contents("{address}"), [Encoding = 65001]),
    Rows = Table.PromoteHeaders(Source)
in
    Rows"""
