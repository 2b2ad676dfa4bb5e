"""kill -9 at each of the three points of a turn; the next copy on the same database finishes what the dead one began."""

import subprocess
import sys

import pytest

from assistant.background import BackgroundWork
from assistant.callbacks.models import Callback
from assistant.dialogue.event_log import TrackerEvent
from assistant.hotline import Hotline
from tests.durability.dying_hotline import ADDRESS, MESSAGE_ID
from tests.durability.stored import rows, transcript
from tests.hotlines import Citizen, TestClock

SIGKILLED = -9
LONGEST_LIFE_SECONDS = 120


def let_die(url: str, point: str) -> None:
    """Run a copy of the hotline until it is killed."""
    command = [sys.executable, "-m", "tests.durability.dying_hotline", url, point]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_LIFE_SECONDS, check=False)
    assert ended.returncode == SIGKILLED, ended.stderr


@pytest.mark.parametrize("point", ["stored", "acting"])
async def test_a_message_left_by_a_dead_copy_is_answered_once_by_the_next(
    any_hotline: Hotline, database_url: str, clock: TestClock, point: str
) -> None:
    let_die(database_url, point)
    assert [message.handled_at for message in await transcript(any_hotline.database)][-1] is None
    assert await rows(any_hotline.database, Callback) == []

    clock.advance(seconds=10)
    await BackgroundWork(any_hotline).run_once(clock.now)
    (callback,) = await rows(any_hotline.database, Callback)
    answered = await transcript(any_hotline.database)

    again = await Citizen(any_hotline.reception, address=ADDRESS).say("ja", MESSAGE_ID)
    assert [message["text"] for message in again] == [
        message.text for message in answered if message.reply_to == answered[-2].id
    ]
    assert (again[0]["custom"]["state"], again[0]["custom"]["number"]) == ("callback", callback.number)

    clock.advance(seconds=10)
    await BackgroundWork(any_hotline).run_once(clock.now)
    assert [message.id for message in await transcript(any_hotline.database)] == [message.id for message in answered]
    assert len(await rows(any_hotline.database, Callback)) == 1


async def test_an_answer_that_was_never_delivered_is_delivered_when_the_client_sends_again(
    any_hotline: Hotline, database_url: str, clock: TestClock
) -> None:
    let_die(database_url, "committed")
    left = await transcript(any_hotline.database)
    events = len(await rows(any_hotline.database, TrackerEvent))

    clock.advance(seconds=10)
    await BackgroundWork(any_hotline).run_once(clock.now)
    (delivered,) = await Citizen(any_hotline.reception, address=ADDRESS).say("ja", MESSAGE_ID)

    assert (delivered["text"], delivered["custom"]) == (left[-1].text, left[-1].content["custom"])
    assert len(await rows(any_hotline.database, Callback)) == 1
    assert len(await rows(any_hotline.database, TrackerEvent)) == events
    assert [message.id for message in await transcript(any_hotline.database)] == [message.id for message in left]
