"""pySHACL's comparisons of two properties, for values that cannot be compared too (SHACL, sections 4.4.3 and 4.4.4)."""

from collections.abc import Iterable
from typing import Any

from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from pyshacl.constraints.core.property_pair_constraints import (
    LessThanConstraintComponent,
    LessThanOrEqualsConstraintComponent,
)
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node

__all__ = ["use_comparisons"]


class _LessThan(LessThanConstraintComponent):
    """`sh:lessThan`."""

    def _compare_lt(self, values: Iterable[Node], others: Iterable[Node], data: Graph, focus: Node) -> Any:  # noqa: ANN401
        return _each_pair(self, super()._compare_lt, values, others, data, focus)


class _LessThanOrEquals(LessThanOrEqualsConstraintComponent):
    """`sh:lessThanOrEquals`."""

    def _compare_ltoe(self, values: Iterable[Node], others: Iterable[Node], data: Graph, focus: Node) -> Any:  # noqa: ANN401
        return _each_pair(self, super()._compare_ltoe, values, others, data, focus)


def use_comparisons() -> None:
    """Let pySHACL use these comparisons; its own raise an error where two values cannot be compared."""
    CONSTRAINT_PARAMETERS_MAP[SH.lessThan] = _LessThan
    CONSTRAINT_PARAMETERS_MAP[SH.lessThanOrEquals] = _LessThanOrEquals


def _each_pair(  # noqa: PLR0913, PLR0917 - as pySHACL has it
    component: Any,  # noqa: ANN401
    compare: Any,  # noqa: ANN401
    values: Iterable[Node],
    others: Iterable[Node],
    data: Graph,
    focus: Node,
) -> tuple[bool, list[Any]]:
    """Compare each value with each other one; a pair that cannot be compared is a breach."""
    found: list[Any] = []
    compared = list(others)
    for value in values:
        for other in compared:
            try:
                _, results = compare([value], [other], data, focus)
            except (TypeError, ReportableRuntimeError):
                results = [component.make_v_result(data, focus, value_node=value)]
            found += results
    return bool(found), found
