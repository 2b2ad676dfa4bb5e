"""A hotline that is killed in the middle of a turn: ``python -m tests.durability.dying_hotline URL POINT``."""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from assistant.dialogue.rasa_environment import prepare_rasa

POINTS = ("stored", "acting", "committed")
"""After the ack and before the turn; after an action wrote and before the commit; after the commit and before the delivery."""
ADDRESS, MESSAGE_ID = "anna", "the-yes"


def main(url: str, point: str) -> None:
    """Open the hotline on the database, lead a citizen to the call-back's card, and die in the answer to the yes."""
    prepare_rasa()
    from assistant.hotline import open_hotline
    from assistant.settings import Secret, load_settings
    from tests.hotlines import TestClock

    settings = replace(load_settings({}, Path("/nonexistent")), database_url=Secret(url))
    asyncio.run(converse(open_hotline(settings, lambda _: None, TestClock()), point))


async def converse(hotline: Any, point: str) -> None:
    """Say what leads to the card, then yes."""
    from tests.durability.stored import TO_THE_CARD
    from tests.hotlines import Citizen

    citizen = Citizen(hotline.reception, address=ADDRESS)
    await citizen.chat(*TO_THE_CARD)
    if point == "stored":
        hotline.reception.answer = die
    if point == "acting":
        die_after_the_action_wrote()
    await citizen.say("ja", MESSAGE_ID)
    await die()


def die_after_the_action_wrote() -> None:
    """Let the action store the call-back and go no further."""
    import actions.callbacks
    from assistant.callbacks.service import store_callback

    async def store_and_die(*arguments: Any) -> NoReturn:
        await store_callback(*arguments)
        await die()

    vars(actions.callbacks)["store_callback"] = store_and_die


async def die(*_: object) -> NoReturn:
    """End as a power cut ends it: no handler runs, nothing is closed."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody survives SIGKILL")


if __name__ == "__main__":
    main(*sys.argv[1:])
