"""The W3C validation report (SHACL, section 3.6), in Turtle and in JSON-LD.

It holds what SHACL found and nothing else: a fault of syntax or of vocabulary is no validation result, since no
constraint component reports it. A validation that could not run is a failure (SHACL, section 3.4.1), of which there is
no report: the graph is then empty.
"""

import json

import pyoxigraph as ox
from rdflib.compare import to_canonical_graph

from fsp.turtle.write import write
from fsp.validation.findings import CheckReport, Kind

__all__ = ["as_jsonld", "as_turtle", "beside_shacl"]


def as_turtle(report: CheckReport) -> str:
    """Return the validation report in Turtle; what it leaves out is a comment. Equal reports give equal text."""
    told = beside_shacl(report)
    return (f"# {told}\n" if told else "") + write(report.shacl)


def as_jsonld(report: CheckReport) -> str:
    """Return the validation report in JSON-LD 1.1, expanded: it needs no context, and keeps each literal as it is."""
    lines = sorted(to_canonical_graph(report.shacl).serialize(format="nt").splitlines(keepends=True))
    triples = ox.parse("".join(lines), ox.RdfFormat.N_TRIPLES, lenient=True)
    document = json.loads(ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or "[]")
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def beside_shacl(report: CheckReport) -> str:
    """Return a sentence on what the validation report leaves out; empty where that is nothing."""
    if not report.readable:
        return "SHACL did not run, because a file could not be read: there is no validation report."
    number = sum(finding.kind is not Kind.SHAPE for finding in report.findings)
    if not number:
        return ""
    found = "1 finding" if number == 1 else f"{number} findings"
    return f"Beside SHACL there {'is' if number == 1 else 'are'} {found} that a validation report cannot hold."
