"""What can go wrong, as one tree of exceptions.

    FspError                     500  something of ours failed
    ├── InputError               400  what the caller sent cannot be used
    │   ├── QuerySyntaxError     400  the query is not SPARQL 1.1 (line, column)
    │   ├── NestingError         400  the query is nested too deeply
    │   └── ParameterError       400  a parameter of a canned query does not fit (parameter)
    ├── RefusedError             403  an update, or a SERVICE that the operator does not allow
    ├── NotFoundError            404  there is no such query, thing or graph
    ├── GoneError                410  the thing was retired (successor)
    ├── NotAcceptableError       406  no format that the caller accepts
    ├── TooLargeError            413  the request is larger than the service reads
    ├── AbandonedError           499  the caller hung up before the answer
    ├── DataError                500  a file cannot be loaded (file, line, column)
    ├── EngineError              502  the engine behind the service failed
    └── LimitError               503  a limit of the service was met (limit)
        └── BusyError            503  too many queries are waiting

Each error carries a text for a person: what is wrong, where, and what to do next. A text never holds a stack trace
or a path of the machine that serves.
"""

from typing import ClassVar

__all__ = [
    "AbandonedError",
    "BusyError",
    "DataError",
    "EngineError",
    "FspError",
    "GoneError",
    "InputError",
    "LimitError",
    "NestingError",
    "NotAcceptableError",
    "NotFoundError",
    "ParameterError",
    "QuerySyntaxError",
    "RefusedError",
    "TooLargeError",
]


class FspError(Exception):
    """Base of every error that the project raises; `status` is the HTTP status that it answers with."""

    status: ClassVar[int] = 500


class InputError(FspError):
    """What the caller sent cannot be used."""

    status = 400


class QuerySyntaxError(InputError):
    """The query is not SPARQL 1.1.

    Args:
        message: what is wrong and what was expected, in words.
        line: line of the fault, counted from 1.
        column: column of the fault in code points, counted from 1.
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class NestingError(InputError):
    """The query is nested more deeply than the service evaluates."""


class ParameterError(InputError):
    """A parameter of a canned query is unknown or does not fit its type.

    Args:
        message: what is wrong and what is allowed.
        parameter: the name of the parameter.
    """

    def __init__(self, message: str, *, parameter: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class RefusedError(FspError):
    """The service does not do this for anyone, or not for this address: updates, and SERVICE unless allowed."""

    status = 403


class NotFoundError(FspError):
    """There is no query, thing or graph of that name."""

    status = 404


class GoneError(FspError):
    """The thing was there once and was retired.

    Args:
        message: what was retired, and what took its place.
        successor: IRI of what took its place, if anything did.
    """

    status = 410

    def __init__(self, message: str, *, successor: str | None = None) -> None:
        super().__init__(message)
        self.successor = successor


class NotAcceptableError(FspError):
    """None of the formats that the caller accepts can be made (RFC 9110, section 15.5.7)."""

    status = 406


class TooLargeError(FspError):
    """The request is larger than the service reads."""

    status = 413


class AbandonedError(FspError):
    """The caller hung up before the answer; nobody reads what is sent now."""

    status = 499


class DataError(FspError):
    """A file cannot be read or parsed.

    Args:
        message: what is wrong, with the file's name.
        file: the file as the caller named it.
        line: line of the fault, counted from 1.
        column: column of the fault, counted from 1.
    """

    def __init__(self, message: str, *, file: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.file = file
        self.line = line
        self.column = column


class EngineError(FspError):
    """The SPARQL engine behind the service failed, or cannot be reached."""

    status = 502


class LimitError(FspError):
    """A query met a limit of the service and was ended.

    Args:
        message: which limit, how large it is, and what the caller can do.
        limit: the setting's name, such as `timeout`.
    """

    status = 503

    def __init__(self, message: str, *, limit: str) -> None:
        super().__init__(message)
        self.limit = limit


class BusyError(LimitError):
    """All workers are busy and the queue is full: ask again later."""
