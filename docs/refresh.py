"""Write the parts of docs/model.md that are made from the ontology and the data, so that they stay true.

A part stands between two comments: `<!-- diagram -->` and `<!-- classes -->` are made from ontology/fsp.ttl, and
`<!-- turtle SUBJECT -->` is what data/cases.ttl says of a subject, as it stands there. `make docs` runs this.
"""

import re
from collections import defaultdict
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from fsp.namespaces import FSP

__all__ = ["MODEL", "refreshed"]

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "docs" / "model.md"
_PART = re.compile(r"(<!-- (diagram|classes|turtle (\S+)) -->\n).*?(<!-- end -->)", flags=re.DOTALL)


def refreshed(text: str) -> str:
    """Return the text of docs/model.md with each of its parts made anew.

    Args:
        text: the text as it is.

    Raises:
        LookupError: data/cases.ttl says nothing of a subject that the text asks for.
    """
    cases = (ROOT / "data" / "cases.ttl").read_text(encoding="utf-8")
    ontology = Graph().parse(ROOT / "ontology" / "fsp.ttl")

    def part(match: re.Match[str]) -> str:
        opening, kind, subject, closing = match.groups()
        if kind == "diagram":
            return f"{opening}```mermaid\n{_diagram(ontology)}```\n{closing}"
        if kind == "classes":
            return f"{opening}{_classes(ontology)}{closing}"
        return f"{opening}```turtle\n{_statements(cases, subject)}```\n{closing}"

    return _PART.sub(part, text)


def _statements(cases: str, subject: str) -> str:
    """Return the block of a Turtle file that begins with a subject."""
    match = re.search(rf"^{re.escape(subject)} a .*?\.\n(?=\n|\Z)", cases, flags=re.DOTALL | re.MULTILINE)
    if match is None:
        raise LookupError(f"data/cases.ttl says nothing of {subject}.")
    return match.group()


def _diagram(ontology: Graph) -> str:
    """Return classes and properties as a class diagram in the language of Mermaid.

    A property that leads to a thing is an arrow;
    one that leads to a concept, a literal or anything is a line of its class.
    """
    arrows, members = [], defaultdict(list)
    for property_ in sorted(ontology.subjects(RDF.type, RDF.Property)):
        domain = _name(ontology, ontology.value(property_, RDFS.domain)) or "Anything"
        range_ = ontology.value(property_, RDFS.range)
        name = property_.removeprefix(FSP)
        if range_ in {None, SKOS.Concept} or (property_, RDF.type, OWL.DatatypeProperty) in ontology:
            members[domain].append(f"{name} {_name(ontology, range_).partition(':')[2]}".rstrip())
        else:
            arrows.append(f"  `{domain}` --> `{_name(ontology, range_)}` : {name}")
    classes = [f"  class `{name}` {{\n    " + "\n    ".join(members[name]) + "\n  }" for name in sorted(members)]
    return "\n".join(["classDiagram", "  direction LR", *classes, *arrows]) + "\n"


def _classes(ontology: Graph) -> str:
    """Return the classes as a table: name, parents, definition."""
    rows = ["| class | under | what it is |", "|---|---|---|"]
    for class_ in sorted(term for term in ontology.subjects(RDF.type, OWL.Class) if term.startswith(FSP)):
        named = (parent for parent in ontology.objects(class_, RDFS.subClassOf) if isinstance(parent, URIRef))
        parents = ", ".join(f"`{_name(ontology, parent)}`" for parent in sorted(named))
        rows.append(f"| `fsp:{class_.removeprefix(FSP)}` | {parents} | {ontology.value(class_, SKOS.definition)} |")
    return "\n".join(rows) + "\n"


def _name(ontology: Graph, term: object) -> str:
    """Return the prefixed name of a term, ours without prefix; of anything else nothing."""
    return ontology.namespace_manager.curie(term).removeprefix("fsp:") if isinstance(term, URIRef) else ""


if __name__ == "__main__":
    MODEL.write_text(refreshed(MODEL.read_text(encoding="utf-8")), encoding="utf-8")
