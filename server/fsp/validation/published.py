"""What is published already: what a new file is checked together with."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from fsp.dataset.files import Dataset, project_dataset
from fsp.validation.graphs import default_graph, ontology_graph, shapes_graph
from fsp.validation.index import Index
from fsp.validation.known import Known
from fsp.validation.lookalikes import Bodies
from fsp.validation.reach import Reach
from fsp.validation.shapegraph import ShapeGraph
from fsp.validation.sparql_reach import binds_focus
from fsp.validation.targets import Targets

__all__ = ["Published"]


@dataclass(frozen=True)
class Published:
    """What is published: read once, then used for any number of checks. Nothing changes it.

    Attributes:
        graph: the default graph: cases, concept schemes and ontology.
        ontology: the ontology and its schemes alone.
        shapes: the shapes.
    """

    graph: Graph
    ontology: Graph
    shapes: Graph

    @classmethod
    def load(cls, dataset: Dataset | None = None) -> Self:
        """Read a dataset.

        Args:
            dataset: what is published; without it, the project's own. Where it holds no ontology or no shapes, the
                project's are taken.

        Raises:
            DataError: a file cannot be read.
        """
        project = project_dataset()
        own = dataset or project
        has_ontology, has_shapes = (
            any(file.name.startswith(folder) for file in own.files) for folder in ("ontology/", "shapes/")
        )
        ontology = ontology_graph(own if has_ontology else project)
        graph = default_graph(own)
        if not has_ontology:
            graph += ontology
        return cls(graph=graph, ontology=ontology, shapes=shapes_graph(own if has_shapes else project))

    def prepare(self) -> None:
        """Make now what the first check would otherwise make and keep."""
        known = self.known
        _ = (self.index, self.queries, self.targets, self.telling, self.bodies)
        _ = (known.namespaces, known.terms, known.linking, known.things, known.labels, known.kinds, known.lone)

    @cached_property
    def index(self) -> Index:
        """The default graph and the ontology, quick to walk."""
        return Index(self.graph, self.ontology)

    @cached_property
    def shape_graph(self) -> ShapeGraph:
        """The shapes as data."""
        return ShapeGraph(self.shapes)

    @cached_property
    def reach(self) -> Reach:
        """What each shape reads."""
        return Reach(self.shape_graph)

    @cached_property
    def queries(self) -> dict[Node, str]:
        """The query of each SPARQL constraint; empty where it cannot be asked for all focus nodes at once."""
        constraints = set(self.shapes.objects(None, SH.sparql))
        queries = {one: self.shape_graph.query(one) for one in constraints - self.reach.unbounded}
        return {one: queries[one] if binds_focus(queries.get(one, "")) else "" for one in constraints}

    @cached_property
    def targets(self) -> Targets:
        """What each shape is about."""
        return Targets(self.shape_graph)

    @cached_property
    def known(self) -> Known:
        """What there is to refer to."""
        return Known(self.graph, self.ontology)

    @cached_property
    def bodies(self) -> Bodies:
        """The bodies that are published."""
        return Bodies(self.graph)

    @cached_property
    def telling(self) -> AbstractSet[Node]:
        """The shapes that are not about all that has a class: to be a focus node of one is a sign of being known."""
        return {
            shape for shape in self.shape_graph.targets if (shape, SH.targetSubjectsOf, RDF.type) not in self.shapes
        }
