"""What every view needs: one object of the application, made by `create_app`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import cast

from flask import current_app

from fsp.dataset.statistics import Statistics, count
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.settings import Settings

__all__ = ["Service", "current_service"]


@dataclass(eq=False)
class Service:
    """The running service.

    Attributes:
        executor: evaluates queries over the dataset.
        settings: what the operator chose.
        default_graphs: IRIs of the graphs whose union is the default graph; None where it is the union of all.
        known_statistics: counts of the dataset, where they were made before.
    """

    executor: Executor
    settings: Settings
    default_graphs: tuple[str, ...] | None = None
    known_statistics: Statistics | None = None
    _lock: Lock = field(default_factory=Lock)

    @property
    def statistics(self) -> Statistics:
        """Counts of the dataset, made by queries when they are first asked for: the data never change meanwhile."""
        with self._lock:
            if self.known_statistics is None:
                self.known_statistics = count(self._ask)
            return self.known_statistics

    def _ask(self, query: str) -> list[Mapping[str, str]]:
        return [{name: str(term) for name, term in row.items()} for row in solutions(self.executor, query)]


def current_service() -> Service:
    """Return the service of the application that handles this request."""
    return cast("Service", current_app.extensions["fsp"])
