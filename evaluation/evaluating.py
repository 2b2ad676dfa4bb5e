"""Measures what strangers get: ``python -m assistant evaluate``. Each sentence goes through the one door in, alone."""

import asyncio
import secrets
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.conversations.inbound import Inbound
from assistant.conversations.reception import Reception
from assistant.database.migrate import upgrade
from assistant.database.session import Database
from assistant.hotline import Hotline
from assistant.settings import Secret
from evaluation.alarms import print_alarms
from evaluation.figures import Verdict, gates_kept, judge, print_figures
from evaluation.items import DEVELOPMENT, HELD_OUT, KNOWN_MISSES, Item, read_items
from evaluation.overlap import print_overlap

Print = Callable[[str], None]


def evaluate(hotline: Hotline, file: Path | None, *, show_misses: bool, say: Print) -> bool:
    """Run the files and print the figures; return whether the held-out gates are kept."""
    kept = True
    for path in [file.resolve()] if file else [DEVELOPMENT, HELD_OUT, KNOWN_MISSES]:
        items = read_items(path)
        if not items:
            continue
        verdicts = asyncio.run(run_items(hotline, items))
        say(f"\n== {path.name}: {len(items)} sentences")
        print_figures(verdicts, say)
        if show_misses and path != HELD_OUT:
            _print_misses(verdicts, say)
        if path == HELD_OUT:
            kept = gates_kept(verdicts, say) and print_overlap(items, say)
    return (file is not None or print_alarms(hotline, say)) and kept


async def run_items(hotline: Hotline, items: Iterable[Item]) -> list[Verdict]:
    """Say every sentence in a conversation of its own, on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/evaluation.db"
        upgrade(url)
        database = Database.open(url)
        settings = replace(hotline.settings, database_url=Secret(url))
        reception = Reception(database, hotline.dialogue, hotline.towns, settings)
        try:
            return [judge(item, await _answers(reception, settings.town, item)) for item in items]
        finally:
            await database.close()


async def _answers(reception: Reception, town: str, item: Item) -> list[dict[str, Any]]:
    address = secrets.token_hex(8)
    replies = []
    for text in (*item.after, item.text):
        replies = await reception.receive(Inbound(town, "evaluation", address, text))
    return [dict(reply.custom) for reply in replies]


def _print_misses(verdicts: list[Verdict], say: Print) -> None:
    for verdict in verdicts:
        if not verdict.right:
            wanted = verdict.item.service or verdict.item.intent or verdict.item.outcome
            say(f"{verdict.kind:14} want {wanted}/{','.join(verdict.item.sections)} got {verdict.got} | {verdict.item.text}")
