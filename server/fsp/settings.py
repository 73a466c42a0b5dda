"""Every setting of the service, named once: file, environment, flags and documentation are all made from `Settings`."""

from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from fsp.execution.limits import Limits

__all__ = ["ENVIRONMENT_PREFIX", "Settings", "environment_variable", "flag", "setting_fields"]

ENVIRONMENT_PREFIX = "FSP_"


_KIB = 1024
_MIB = 1024 * 1024
_LIMITS = Limits()


def _about(help_: str, *, unit: str = "", least: int = 1) -> dict[str, Any]:
    """Describe a setting; `unit` says in what a number is counted, `least` its smallest value."""
    return {"help": help_, "unit": unit, "least": least}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running service. What each one means stands beside it, once."""

    host: str = field(default="127.0.0.1", metadata=_about("Address that the service listens on."))
    port: int = field(default=8000, metadata=_about("Port that the service listens on."))
    timeout: float = field(
        default=_LIMITS.timeout,
        metadata=_about("Longest time from the start of a query to its last byte.", unit="seconds", least=0),
    )
    memory: int = field(
        default=_LIMITS.memory // _MIB,
        metadata=_about("Most memory for one query, beside the data itself.", unit="MiB"),
    )
    result_size: int = field(
        default=_LIMITS.result // _MIB, metadata=_about("Largest answer, before compression.", unit="MiB")
    )
    query_size: int = field(default=_LIMITS.query // _KIB, metadata=_about("Longest text of a query.", unit="KiB"))
    nesting: int = field(
        default=_LIMITS.nesting, metadata=_about("Deepest nesting of groups, brackets and paths in a query.")
    )
    chain: int = field(
        default=_LIMITS.chain, metadata=_about("Most operators or patterns in a row, in one group of a query.")
    )
    workers: int = field(
        default=_LIMITS.workers, metadata=_about("Queries evaluated at the same time, each in a process of its own.")
    )
    queue: int = field(
        default=_LIMITS.queue,
        metadata=_about("Queries that wait for a worker; one more is turned away.", least=0),
    )
    queue_wait: float = field(
        default=_LIMITS.queue_wait,
        metadata=_about("Longest time that a query waits for a worker.", unit="seconds", least=0),
    )
    cache: int = field(
        default=64, metadata=_about("Memory for answers kept to be sent again; 0 keeps none.", unit="MiB", least=0)
    )
    upload: int = field(default=10, metadata=_about("Largest files that can be sent to be checked.", unit="MiB"))
    check_timeout: float = field(
        default=30.0, metadata=_about("Longest time that the check of what was sent takes.", unit="seconds", least=0)
    )
    check_memory: int = field(default=1024, metadata=_about("Most memory for one check.", unit="MiB"))
    checks: int = field(default=2, metadata=_about("Checks at the same time, each in a process of its own."))
    reconcile_most: int = field(
        default=20_000,
        metadata=_about("Most things that names are reconciled with; a larger dataset is not reconciled at all."),
    )
    service: tuple[str, ...] = field(
        default=(), metadata=_about("SPARQL endpoint that SERVICE may ask; once for each. Without it, none.")
    )
    endpoint: str | None = field(
        default=None,
        metadata=_about("SPARQL 1.1 endpoint that evaluates every query instead of this machine: an http(s) address."),
    )
    data_version: str | None = field(
        default=None,
        metadata=_about(
            "Name of the state of the data at the endpoint, such as a date. Answers are then cached and carry an ETag: "
            "change it whenever the data change."
        ),
    )
    source: Path | None = field(
        default=None, metadata=_about("File with the text of the source, so that pages can show cited passages.")
    )

    @property
    def limits(self) -> Limits:
        """What a query may use, in the engine's units."""
        return Limits(
            timeout=self.timeout,
            memory=self.memory * _MIB,
            result=self.result_size * _MIB,
            query=self.query_size * _KIB,
            nesting=self.nesting,
            chain=self.chain,
            workers=self.workers,
            queue=self.queue,
            queue_wait=self.queue_wait,
        )


def setting_fields() -> tuple[Field[Any], ...]:
    """Return the settings in their order, each with its name, type, default and metadata: `help`, `unit`, `least`."""
    return fields(Settings)


def environment_variable(name: str) -> str:
    """Return the environment variable of a setting, such as `FSP_QUERY_SIZE`."""
    return ENVIRONMENT_PREFIX + name.upper()


def flag(name: str) -> str:
    """Return the flag of a setting, such as `--query-size`."""
    return "--" + name.replace("_", "-")
