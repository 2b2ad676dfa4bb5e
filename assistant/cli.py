"""The commands of ``python -m assistant``; docs/commands.md explains each. Texts for operators are English and stand here."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.exceptions

from assistant.errors import AssistantError
from assistant.journal import set_up_journal, take_over_last_words
from assistant.settings import Settings, load_settings, shown

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
TownOption = Annotated[str | None, typer.Option("--town", help="Key of the town; default is HOTLINE_TOWN.")]


def main() -> None:
    """Run a command; every error that we know ends in one sentence."""
    try:
        app(standalone_mode=False)
    except typer.Exit as leaving:
        sys.exit(leaving.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except AssistantError as error:
        say(str(error))
        sys.exit(2)
    except typer.exceptions.TyperException as usage:
        say(f"{str(usage).rstrip('.')}. Try: python -m assistant --help")
        sys.exit(2)


def say(text: str) -> None:
    """Print a line for the operator."""
    typer.echo(text, err=True)


def _settings() -> Settings:
    settings = load_settings()
    set_up_journal(settings.log_level, settings.log_format)
    take_over_last_words()
    return settings


def _hotline(settings: Settings) -> Any:
    from assistant.dialogue.rasa_environment import prepare_rasa

    prepare_rasa()
    from assistant.hotline import open_hotline

    return open_hotline(settings, say)


@app.command()
def run() -> None:
    """Start the server with everything on one port."""
    settings = _settings()
    hotline = _hotline(settings)
    from assistant.server import serve
    from assistant.start_report import start_report

    for line in start_report(hotline):
        say(line)
    serve(hotline)


@app.command()
def train() -> None:
    """Migrate, embed and train what is not done yet, then end."""
    settings = _settings()
    from assistant.dialogue.rasa_environment import prepare_rasa

    prepare_rasa()
    from assistant.hotline import prepare

    say(f"Ready: {prepare(settings, say).model.name}")


@app.command()
def settings() -> None:
    """Show every setting and its value; secrets stay hidden."""
    for name, value in shown(load_settings()):
        typer.echo(f"{name}={value}")


@app.command()
def validate() -> None:
    """Check all service records, offices and towns; name file and line of every fault."""
    from assistant.towns.validate import validate_towns

    found = validate_towns(load_settings().towns_folder)
    for fault in found:
        typer.echo(str(fault))
    typer.echo(f"{len(found)} faults" if found else "No faults.", err=True)
    raise typer.Exit(1 if found else 0)


@app.command()
def confirmations(
    town: TownOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="The page; default is in the data folder.")] = None,
) -> None:
    """Write the list of what a town has to check as a page that a clerk can tick off."""
    settings = load_settings()
    from assistant.texts import Texts
    from assistant.towns.confirmations import open_points, page
    from assistant.towns.load import load_town_profile
    from knowledge_base.load import load_town

    key = town or settings.town
    profile = load_town_profile(settings.towns_folder, key)
    points = open_points(load_town(settings.towns_folder, key))
    target = out or settings.data_folder / f"confirmations-{key}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(profile.name, points, Texts()), encoding="utf-8")
    typer.echo(Texts().say("utter_confirmations_written", "de", count=len(points), file=target))


@app.command("import-waste")
def import_waste(
    files: list[Path],
    source: Annotated[str, typer.Option(help="Where the dates come from, as citizens read it.")],
    town: TownOption = None,
    street: Annotated[str | None, typer.Option(help="The street, where the files name none.")] = None,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="Somebody compared the dates with the district's.")] = False,
) -> None:
    """Add the waste dates of a district's iCalendar or CSV files to a town."""
    from assistant.waste.importing import Origin, import_files

    settings = load_settings()
    folder = settings.towns_folder / (town or settings.town) / "waste"
    origin = Origin(source, datetime.now(UTC).date(), confirmed)
    count = import_files(files, folder, street, origin)
    say(f"{count} dates stand in {folder / 'dates.csv'}. The next start answers from them.")


@app.command()
def ask(
    question: str,
    town: TownOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print whole messages.")] = False,
) -> None:
    """Ask one question and print the answer."""
    settings = _settings()
    hotline = _hotline(settings)
    from assistant.terminal import ask_once

    messages = asyncio.run(ask_once(hotline, question, town or settings.town))
    if as_json:
        typer.echo(json.dumps(messages, ensure_ascii=False, indent=2))
        return
    for message in messages:
        typer.echo(message.get("text", ""))


@app.command()
def talk(town: TownOption = None) -> None:
    """Chat in the terminal; an empty line ends."""
    settings = _settings()
    hotline = _hotline(settings)
    from assistant.terminal import talk_on

    asyncio.run(talk_on(hotline, town or settings.town))


@app.command()
def parse(text: str, town: TownOption = None) -> None:
    """Show how a message is understood: acts, entities, candidates, and why."""
    settings = _settings()
    hotline = _hotline(settings)
    from assistant.terminal import explain

    typer.echo(json.dumps(asyncio.run(explain(hotline, text, town or settings.town)), ensure_ascii=False, indent=2))


@app.command()
def callbacks(
    town: TownOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are done.")] = False,
    done: Annotated[str | None, typer.Option("--done", help="Mark this number as done.")] = None,
) -> None:
    """List the open call-backs of a town, or mark one as done."""
    settings = _settings()
    from assistant.callbacks.desk_list import finish, listed

    key = town or settings.town
    if done:
        asyncio.run(finish(settings, key, done, datetime.now(UTC)))
        say(f"Call-back {done} is done.")
        return
    for line in asyncio.run(listed(settings, key, everything=everything)):
        typer.echo(line)


@app.command()
def backup(target: Path) -> None:
    """Write all rows of the database into a zip archive."""
    from assistant.database.transfer import backup as run_backup

    _report(run_backup(load_settings().database_url.value, target))


@app.command()
def restore(archive: Path) -> None:
    """Read a backup into an empty database."""
    from assistant.database.migrate import upgrade
    from assistant.database.transfer import restore as run_restore

    url = load_settings().database_url.value
    upgrade(url)
    _report(run_restore(archive, url))


@app.command("move-database")
def move_database(target: Annotated[str, typer.Argument(help="postgresql://… or sqlite:///…")]) -> None:
    """Copy all rows into another, empty database, counted and checked; stop the server first."""
    from assistant.database.migrate import upgrade
    from assistant.database.transfer import move

    upgrade(target)
    _report(move(load_settings().database_url.value, target))
    say("Now set HOTLINE_DATABASE_URL to the new address and start again.")


@app.command("new-town")
def new_town(key: str, name: Annotated[str | None, typer.Option(help="Name of the town; default is the key.")] = None) -> None:
    """Lay out the folder of a new town."""
    from assistant.towns.scaffold import new_town as lay_out

    folder = lay_out(load_settings().towns_folder, key, name or key.replace("-", " ").title(), today=datetime.now(UTC).date())
    say(f"{folder} is laid out. Its README.md lists what to fill in; then run: python -m assistant validate")


@app.command()
def calibrate() -> None:
    """Learn the weights and thresholds of the search from the records and the development questions."""
    settings = _settings()
    from assistant.dialogue.rasa_environment import prepare_rasa

    prepare_rasa()
    from evaluation.calibrating import calibrate as run_calibration

    run_calibration(settings, say)


@app.command()
def evaluate(
    file: Annotated[Path | None, typer.Option("--file", help="One file instead of all.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="Print the misses of the development file.")] = False,
) -> None:
    """Measure understanding on the evaluation files; fails below the gates."""
    settings = _settings()
    hotline = _hotline(settings)
    from evaluation.evaluating import evaluate as run_evaluation

    if not run_evaluation(hotline, file, show_misses=misses, say=typer.echo):
        raise typer.Exit(1)


def _report(counts: dict[str, int]) -> None:
    for table, rows in counts.items():
        typer.echo(f"{table}: {rows}")
