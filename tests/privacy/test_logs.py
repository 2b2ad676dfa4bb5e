"""Nothing that a citizen says or is called reaches a log, a terminal, a metric or an exception, whatever fails on the way."""

import asyncio
import contextlib
import gc
import io
import json
import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog
from prometheus_client import generate_latest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from assistant.conversations.inbound import Inbound
from assistant.errors import NotFound
from assistant.hotline import Hotline
from assistant.journal import set_up_journal
from tests.hotlines import Citizen

NAME, PHONE, MAIL, STREET = "Zaphod Beeblebrox", "0341 98765432", "zaphod@beeblebrox.example", "Heuschreckengasse 42"
SENTENCE = f"Ich heiße {NAME}, wohne in der {STREET} und habe {MAIL} und {PHONE}"
TO_THE_CARD = ("Bitte rufen Sie mich zurück", NAME, PHONE, "am Vormittag", "Der Baum in der Heuschreckengasse")
PARTS = ("zaphod", "beeblebrox", "98765432", "heuschrecken")
"""Whatever is left of the words when somebody folds, cuts or reformats them."""


def leaks(written: str) -> list[str]:
    """Which of the marked words stand in a text."""
    return [part for part in PARTS if part in written.casefold().replace(" ", "")]


@dataclass
class Overheard:
    """All that the process writes outside of the database."""

    read: Callable[[], str]

    def assert_silent(self, *events: str) -> None:
        """The named events were logged, and no word of the citizen with them."""
        written = self.read()
        assert leaks(written) == []
        assert [name for name in events if f'"{name}"' not in written] == []


@pytest.fixture
def overheard(capfd: pytest.CaptureFixture[str]) -> Iterator[Overheard]:
    """The journal as a town sets it up that wants to see everything, and what comes out of the process."""
    before, handlers, level = structlog.get_config(), logging.root.handlers[:], logging.root.level
    journal = io.StringIO()
    with contextlib.redirect_stderr(journal):
        set_up_journal("debug", "json")
    yield Overheard(lambda: "".join((journal.getvalue(), *capfd.readouterr())))
    structlog.configure(**before)
    logging.root.handlers[:], logging.root.level = handlers, level


@pytest.fixture
def failing_database(any_hotline: Hotline) -> Iterator[None]:
    """The database refuses to write down what happened in the dialogue, and repeats it as it does so."""

    def refuse(_c: object, _u: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("INSERT INTO tracker_events"):
            raise OperationalError(statement, parameters, Exception(f"cannot write {parameters} of {SENTENCE}"))

    engine = any_hotline.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", refuse)
    yield
    event.remove(engine, "before_cursor_execute", refuse)


def fail(*arguments: object, **_: object) -> Any:
    """Fail as libraries do, with everything in the text."""
    raise RuntimeError(f"{SENTENCE}: {arguments}")


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([f"{SENTENCE}. Was kostet ein Personalausweis?"], id="question"),
        pytest.param([SENTENCE], id="nothing_known"),
        pytest.param([*TO_THE_CARD, "ja"], id="call_back"),
        pytest.param([f"{SENTENCE}, rufen Sie mich bitte vormittags zurück", "ja"], id="call_back_in_one_sentence"),
        pytest.param(["Bitte rufen Sie mich zurück", "Anna Müller", f"Nein, ich heiße {NAME}", PHONE], id="correction"),
        pytest.param(["Bitte rufen Sie mich zurück", NAME, PHONE, "abbrechen"], id="abort"),
        pytest.param(["Bitte rufen Sie mich zurück", NAME, "von vorn", SENTENCE], id="restart"),
        pytest.param([f"Es brennt bei {NAME} in der {STREET}"], id="emergency"),
        pytest.param([f"Ich will nicht mehr leben, {SENTENCE}"], id="crisis"),
        pytest.param([f"/{SENTENCE}", f'/inform{{"callback_name": "{NAME}"}}', SENTENCE * 100], id="rejected"),
        pytest.param([f"#{NAME}", "#ZAPHODZAPH", f"Meine Nummer ist {PHONE}, wie ist der Stand?"], id="button_and_status"),
    ],
)
async def test_a_conversation_leaves_only_its_measurements(hotline: Hotline, overheard: Overheard, texts: list[str]) -> None:
    answers = [await Citizen(hotline.reception, address=NAME).say(said, f"{MAIL}-{said[:40]}") for said in texts]
    assert all(answers)
    overheard.assert_silent("turn_answered")


async def test_a_failing_action_is_logged_without_what_it_says(
    hotline: Hotline, overheard: Overheard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.callbacks.store_callback", fail)
    answers = await Citizen(hotline.reception).chat(*TO_THE_CARD, "ja")
    assert answers[-1]["custom"]["reason"] == "failure"
    overheard.assert_silent("action_failed", "turn_answered")


async def test_a_failing_turn_is_logged_without_what_it_says(
    hotline: Hotline, overheard: Overheard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.dialogue.planning.Planner.plan", fail)
    answers = await Citizen(hotline.reception).say(SENTENCE)
    assert answers[-1]["custom"]["reason"] == "failure"
    overheard.assert_silent("turn_failed")


async def test_a_failing_step_of_rasa_is_logged_without_what_it_says(
    hotline: Hotline, overheard: Overheard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rasa swallows what its own actions raise and logs it with the traceback."""
    monkeypatch.setattr("rasa.core.actions.action.RemoteAction._validate_action_result", fail)
    answers = await Citizen(hotline.reception).say(f"{SENTENCE}. Was kostet ein Personalausweis?")
    assert answers[-1]["custom"]["reason"] == "failure"
    overheard.assert_silent("library_message")


async def test_a_failing_database_is_logged_without_its_parameters(
    any_hotline: Hotline, overheard: Overheard, failing_database: None
) -> None:
    answers = await Citizen(any_hotline.reception).say(SENTENCE)
    assert answers[-1]["custom"]["reason"] == "failure"
    overheard.assert_silent("turn_failed")


async def test_what_the_database_refuses_reaches_the_caller_without_a_word(any_hotline: Hotline) -> None:
    """The channel must hear of it, since it must not acknowledge the message; it may log what it hears."""
    async with any_hotline.database.writing() as session:
        await session.execute(text("ALTER TABLE messages RENAME TO gone"))
    with pytest.raises(SQLAlchemyError) as raised:
        await Citizen(any_hotline.reception, address=NAME).say(SENTENCE, MAIL)
    assert leaks("".join(traceback.format_exception(raised.value))) == []


async def test_an_unknown_town_reaches_the_caller_without_a_word(hotline: Hotline) -> None:
    with pytest.raises(NotFound) as raised:
        await hotline.reception.receive(Inbound(NAME, "rest", NAME, SENTENCE, MAIL))
    assert leaks("".join(traceback.format_exception(raised.value))) == []


@pytest.mark.parametrize(
    "name", ["rasa.core.processor", "rasa.shared.core.trackers", "sanic.error", "sqlalchemy.engine", "urllib3"]
)
def test_what_libraries_log_is_reduced_to_its_place(overheard: Overheard, name: str) -> None:
    library = logging.getLogger(name)
    library.warning(f"could not handle {SENTENCE}")
    library.error("could not handle %s", SENTENCE, extra={"citizen": NAME})
    try:
        fail()
    except RuntimeError:
        library.exception("failed with %s", SENTENCE)
    overheard.assert_silent("library_message")


def test_what_libraries_write_through_structlog_is_dropped(overheard: Overheard) -> None:
    foreign = structlog.get_logger()
    foreign.debug("processor.message.parse", parse_data_text=SENTENCE)
    foreign.warning(SENTENCE, citizen=NAME)
    foreign.error("failed", exc_info=RuntimeError(SENTENCE))
    assert overheard.read() == ""


def test_fields_that_are_marked_as_personal_are_dropped(overheard: Overheard) -> None:
    structlog.get_logger(room="tests").warning("message_received", pii_text=SENTENCE, sender_pii=NAME, channel="rest")
    (line,) = overheard.read().splitlines()
    assert leaks(line) == []
    assert json.loads(line)["channel"] == "rest"


async def test_a_task_that_fails_unheard_is_logged_without_what_it_says(overheard: Overheard) -> None:
    async def fail_alone() -> None:
        fail(SENTENCE)

    task = asyncio.create_task(fail_alone(), name=NAME)
    await asyncio.wait([task])
    del task
    gc.collect()
    overheard.assert_silent("library_message")


async def test_metrics_count_and_do_not_quote(hotline: Hotline) -> None:
    await Citizen(hotline.reception, address=NAME).chat(SENTENCE, *TO_THE_CARD, "ja")
    assert leaks(generate_latest().decode()) == []
