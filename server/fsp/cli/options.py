"""Options made from the list of settings, and the file that may hold settings."""

import tomllib
from collections.abc import Callable
from dataclasses import Field
from functools import wraps
from pathlib import Path
from typing import Any

import click

from fsp.settings import Settings, environment_variable, flag, setting_fields

__all__ = ["settings_options"]

_Command = Callable[..., Any]


def settings_options(*names: str, file: bool = False) -> Callable[[_Command], _Command]:
    """Give a command an option for each setting; it receives them together as `settings`.

    Args:
        names: which settings; all where none is named.
        file: whether a file of settings can be named.
    """
    chosen = [field for field in setting_fields() if not names or field.name in names]

    def decorate(command: _Command) -> _Command:
        @wraps(command)
        def with_settings(**arguments: Any) -> Any:  # noqa: ANN401
            values = {field.name: arguments.pop(field.name) for field in chosen}
            return command(settings=Settings(**values), **arguments)

        decorated: _Command = with_settings
        for field in reversed(chosen):
            decorated = _option(field)(decorated)
        return _settings_file(decorated) if file else decorated

    return decorate


def _option(field: Field[Any]) -> Callable[[_Command], _Command]:
    """Make the option of one setting. Its order of precedence: flag, environment, file, default."""
    unit = field.metadata["unit"]
    help_ = field.metadata["help"] + (f" In {unit}." if unit else "")
    return click.option(
        flag(field.name),
        field.name,
        type=_type(field),
        multiple=field.type == tuple[str, ...],
        default=field.default,
        envvar=environment_variable(field.name),
        show_envvar=True,
        show_default=field.default not in ((), None),
        help=help_,
    )


def _type(field: Field[Any]) -> click.ParamType[Any] | type:
    least = field.metadata["least"]
    if field.name == "port":
        return click.IntRange(least, 65535)
    if field.type is int:
        return click.IntRange(min=least)
    if field.type is float:
        return click.FloatRange(min=least, min_open=True)
    if field.type == Path | None:
        return click.Path(exists=True, dir_okay=False, path_type=Path)
    return str


def _settings_file(command: _Command) -> _Command:
    return click.option(
        "--settings",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        envvar="FSP_SETTINGS",
        show_envvar=True,
        is_eager=True,
        expose_value=False,
        callback=_read_settings,
        help="TOML file with settings, such as `timeout = 5`.",
    )(command)


def _read_settings(context: click.Context, _parameter: click.Parameter, path: Path | None) -> None:
    if path is None:
        return
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{path} is not TOML: {error}.") from error
    known = [field.name for field in setting_fields()]
    unknown = sorted(set(values).difference(known))
    if unknown:
        raise click.BadParameter(f"{path} has no setting '{unknown[0]}'. The settings are {', '.join(known)}.")
    context.default_map = values
