"""The terminal chat and the tools for those who look under the bonnet; goes through the same door as every channel."""

import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from assistant.conversations.inbound import Inbound, readable
from assistant.conversations.reception import as_json
from assistant.dialogue.clause_reader import mended
from assistant.dialogue.turn import Turn
from assistant.emergencies.recognition import Recognised
from assistant.hotline import Hotline

CHANNEL = "terminal"
MOST_INTENTS = 5


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
    reader = hotline.dialogue.reader(served)
    for part in reader.texts_to_encode(read):
        served.search.index.encode(part)
    try:
        async with hotline.database.reading() as session:
            now = datetime.now(UTC).astimezone(served.profile.time_zone)
            turn = Turn("new", served, CHANNEL, now, now, session, hotline.texts, hotline.settings, reader)
            acts = await hotline.dialogue.parse(turn, read)
        reading = reader.read_message(read)
        return {
            "read": read,
            "emergency": _recognised(hotline.dialogue.emergency_in(text, reader, served)),
            "acts": acts,
            "clauses": reader.clauses(read),
            "compared": mended(read, served),
            "certainty": round(reading.certainty, 3),
            "among the first three": round(reading.near, 3),
            "answers from": reader.certainties.answer,
            "asks back from": reader.certainties.offer,
            "intents": _likeliest(reading.intents),
            "office": reading.office,
            "named": sorted(reading.named),
            "shared name of": list(reading.ambiguous),
            "candidates": [asdict(found) for found in reading.findings.candidates],
        }
    finally:
        await hotline.close()


def _likeliest(intents: dict[str, float]) -> dict[str, float]:
    ranked = sorted(intents, key=lambda intent: -intents[intent])[:MOST_INTENTS]
    return {intent: round(intents[intent], 3) for intent in ranked}


def _recognised(found: Recognised | None) -> dict[str, Any] | None:
    return {**asdict(found.emergency), "is_sure": found.is_sure} if found else None
