"""A hotline in a process that no packet leaves: ``python -m tests.network.sealed_hotline URL``; prints what tried to."""

import asyncio
import ipaddress
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

WATCHED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")
QUESTIONS = (
    "Hallo",
    "Was kostet ein Personalausweis?",
    "mein Arbeitgeber will wissen, ob ich vorbestraft bin",
    "What documents do I need for a passport?",
    "Wie wird das Wetter?",
    "Es brennt!",
    "Bitte rufen Sie mich zurück",
    "Anna Müller",
)
tried: list[str] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Note and refuse what goes further than this machine; Python itself calls this for every socket."""
    if event not in WATCHED:
        return
    address = arguments[0] if event in ("socket.getaddrinfo", "socket.gethostbyname") else arguments[1]
    host = address[0] if isinstance(address, tuple) else address
    if not is_loopback(host):
        tried.append(f"{event} {host}")
        raise ConnectionRefusedError("this process is sealed")


def is_loopback(host: object) -> bool:
    """Whether an address is this machine's own; names are not, for asking for one is a packet already."""
    try:
        return host is None or ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return str(host).startswith("/")


async def converse(hotline: Any) -> list[str]:
    """Ask everything and do one round of the background work; return the kinds of the answers."""
    from assistant.background import BackgroundWork
    from tests.hotlines import Citizen

    citizen = Citizen(hotline.reception)
    kinds = [(await citizen.say(question))[0]["custom"]["type"] for question in QUESTIONS]
    await BackgroundWork(hotline).run_once(datetime.now(UTC))
    await hotline.close()
    return kinds


def main(url: str) -> None:
    """Start with default settings but for the database, talk, and print."""
    from assistant.dialogue.rasa_environment import prepare_rasa

    prepare_rasa()
    from assistant.hotline import open_hotline
    from assistant.settings import Secret, load_settings

    settings = replace(load_settings({}, Path("/nonexistent")), database_url=Secret(url))
    kinds = asyncio.run(converse(open_hotline(settings, lambda _: None)))
    print(json.dumps({"tried": tried, "kinds": kinds}))  # noqa: T201 - the process's only answer


if __name__ == "__main__":
    sys.addaudithook(watch)
    main(sys.argv[1])
