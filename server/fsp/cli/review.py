"""`fsp links review`: go through the bodies of imported data that may be bodies that the project knows."""

from pathlib import Path

import click

from fsp.cli.engine import opened
from fsp.cli.options import settings_options
from fsp.dataset.files import Dataset, dataset_of, project_dataset, project_folder
from fsp.errors import InputError
from fsp.linking.reconciliation.entities import read_entities
from fsp.linking.reconciliation.index import Index
from fsp.linking.review.decisions import Decision, decided, record
from fsp.linking.review.matching import Match, bodies, by_identifier, by_name, decided_before
from fsp.settings import Settings

__all__ = ["review"]

_ANSWERS = {"y": Decision.ACCEPTED, "n": Decision.REFUSED}


@click.command()
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--list", "only_list", is_flag=True, help="List what is open, and decide nothing.")
@click.option("--accept", metavar="ID", multiple=True, help="Accept a candidate by its id; can be repeated.")
@click.option("--refuse", metavar="ID", multiple=True, help="Refuse a candidate by its id; can be repeated.")
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of decisions; else data/reviewed-links.ttl of the checkout.",
)
@settings_options("timeout", "memory", "reconcile_most")
def review(  # noqa: PLR0913, PLR0917 - click hands over each option
    files: tuple[Path, ...],
    only_list: bool,
    accept: tuple[str, ...],
    refuse: tuple[str, ...],
    decisions: Path | None,
    settings: Settings,
) -> None:
    """Match the bodies of imported FILEs with those of cases and registers; without FILE, those that are shipped.

    A shared identifier is a fact, and is written down. A name alone is a candidate: it is shown with its score, and you
    accept (y), refuse (n), skip (s) or stop (q). Each answer is written at once; what is refused is not asked again. A
    decision by --accept or --refuse takes the place of an earlier one about the same pair.

    \b
    Examples:
      fsp links review
      fsp links review contracts.trig --list
      fsp links review --accept 1f0c94b2aa --refuse 77e2b3c4d5

    \b
    Exit codes:
      0  done
      2  a file cannot be read or written, or there is no such candidate
    """  # noqa: D301 - click reads \b as a control character
    both = set(accept) & set(refuse)
    if both:
        raise click.UsageError(f"{both.pop()} is named by --accept and by --refuse: leave one of them out.")
    path = decisions or _checkout_decisions()
    imported = bodies(dataset_of(files) if files else _shipped())
    with opened((), None, settings) as engine:
        index = Index(read_entities(engine.executor, settings.reconcile_most))
        known = decided(path)
        facts, candidates = list(by_identifier(index, imported)), list(by_name(index, imported))
        before = list(decided_before(index, imported, known.accepted | known.refused))
    open_ = [match for match in candidates if not known.knows(match)]
    if only_list:
        _list(open_)
        return
    # What a person said of a pair outweighs an identifier, which may be wrong in the imported data.
    chosen = [(match, Decision.IDENTIFIED) for match in facts if (match.source, match.target) not in known.refused]
    nameable = [*before, *candidates, *facts]
    chosen += _named(nameable, accept, Decision.ACCEPTED) + _named(nameable, refuse, Decision.REFUSED)
    changed = record(path, chosen)
    click.echo(f"{len(facts)} matches by identifier; {changed} new or changed in {path.name}.", err=True)
    if not accept and not refuse:
        _ask(path, open_)


def _checkout_decisions() -> Path:
    folder = project_folder()
    if not (folder / "pyproject.toml").is_file():
        raise click.UsageError("The data of an installed package is not changed: name your own file by --decisions.")
    return folder / "data" / "reviewed-links.ttl"


def _shipped() -> Dataset:
    files = project_dataset().files
    return Dataset(tuple(file for file in files if file.name.startswith("data/imports/")))


def _named(candidates: list[Match], ids: tuple[str, ...], decision: Decision) -> list[tuple[Match, Decision]]:
    known = {match.id: match for match in candidates}
    unknown = [one for one in ids if one not in known]
    if unknown:
        raise InputError(f"There is no candidate {unknown[0]}: nothing was written. See fsp links review --list.")
    return [(known[one], decision) for one in ids]


def _list(open_: list[Match]) -> None:
    for match in open_:
        click.echo(f"{match.id}  {match.score:5.1f}  {match.source_name} = {match.target_name}?  {match.target}")
    click.echo(f"{len(open_)} to review.", err=True)


def _ask(path: Path, open_: list[Match]) -> None:
    """Ask about one candidate after the other, until all are decided or skipped, or the person stops."""
    for number, match in enumerate(open_, start=1):
        click.echo(f"\n{number} of {len(open_)}, score {match.score:.1f}")
        click.echo(f"  imported  {match.source_name}  {match.source}")
        click.echo(f"  known     {match.target_name}  {match.target}")
        answer = click.prompt("Are they the same? yes, no, skip, quit", type=click.Choice(["y", "n", "s", "q"]))
        if answer == "q":
            break
        if answer in _ANSWERS:
            record(path, [(match, _ANSWERS[answer])])
    click.echo("\nDone. Look at it with git diff, and commit it." if open_ else "Nothing is left to review.", err=True)
