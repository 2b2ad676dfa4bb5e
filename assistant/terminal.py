"""The terminal chat and the tools for those who look under the bonnet; goes through the same door as every channel."""

import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from assistant.conversations.inbound import Inbound, readable
from assistant.conversations.reception import as_json
from assistant.dialogue.planning import texts_to_encode
from assistant.dialogue.turn import Turn
from assistant.hotline import Hotline

CHANNEL = "terminal"


async def ask_once(hotline: Hotline, question: str, town: str) -> list[dict[str, Any]]:
    """Ask in a conversation of its own."""
    address = secrets.token_hex(8)
    try:
        return [as_json(reply, "you") for reply in await hotline.reception.receive(Inbound(town, CHANNEL, address, question))]
    finally:
        await hotline.close()


async def talk_on(hotline: Hotline, town: str) -> None:
    """Chat until an empty line."""
    address = secrets.token_hex(8)
    try:
        while line := input("> ").strip():
            for reply in await hotline.reception.receive(Inbound(town, CHANNEL, address, line)):
                print(reply.text or "")  # noqa: T201 - this is the terminal's way out
                for place, button in enumerate(reply.buttons, 1):
                    print(f"  [{place}] {button['title']}")  # noqa: T201
    except EOFError:
        pass
    finally:
        await hotline.close()


async def explain(hotline: Hotline, text: str, town: str) -> dict[str, Any]:
    """Return how a message is understood in a new conversation: acts, and the services that came near."""
    served = hotline.towns[town]
    read = readable(text)
    for part in texts_to_encode(read, served):
        served.search.index.encode(part)
    try:
        async with hotline.database.reading() as session:
            now = datetime.now(UTC).astimezone(served.profile.time_zone)
            turn = Turn("new", served, CHANNEL, now, now, session, hotline.texts, hotline.settings)
            acts = await hotline.dialogue.parse(turn, read)
        findings = served.search.find(read, served.search.index.encode(read))
        return {"read": read, "acts": acts, "candidates": [asdict(found) for found in findings.candidates]}
    finally:
        await hotline.close()
