"""What is measured of stock Rasa: the same script, order and durations as in ``benchmarks.plan``."""

import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks.load import Figures, play
from benchmarks.plan import CHOICE_TALKS, CHOICES_SECONDS, CLIENTS, MEASURED_TURNS, MIXED_SECONDS, SPREAD, WARM_UP_TALKS
from benchmarks.postgresql import newest_programs, running_postgresql
from benchmarks.script import made_unique, mixed_talks, script, talks_without_free_text
from benchmarks.stock_rasa.citizen import StockCitizen, as_payload, fresh, prepared, with_payloads
from benchmarks.stock_rasa.servers import StockServers, running_stock
from benchmarks.table import print_head, print_load, print_machine, print_single, print_single_head

LONG_SECONDS = 900
"""Stock Rasa slows down with the length of a conversation; turn 1,000 comes late."""

Singles = dict[str, str]


async def measure_stock(model: Path) -> None:
    """Measure on SQLite, then on PostgreSQL where it is installed."""
    started = time.perf_counter()
    print_machine()
    print_head()
    with tempfile.TemporaryDirectory(prefix="stock-rasa-benchmark-") as name:
        singles = await _on_sqlite(model, Path(name))
        programs = newest_programs()
        if programs is None:
            singles["PostgreSQL"] = "not measured: its programs are not installed"
        else:
            with running_postgresql(programs) as url:
                await _on_postgresql(model, url, Path(name))
    print_single_head()
    for what, value in singles.items():
        print_single(f"stock Rasa, {what}", value)
    print_single("the whole run", f"{time.perf_counter() - started:.0f} s")


async def _on_sqlite(model: Path, folder: Path) -> Singles:
    async with running_stock(model, f"sqlite:///{folder / 'trackers.db'}", folder) as servers:
        singles = {"start until both are ready": f"{servers.rasa.start_seconds:.1f} s", "memory when ready": _memory(servers)}
        mixed = await _mixed(servers, "SQLite")
        await _choices(servers)
        singles |= await _long_conversation(servers)
        return singles | {"memory at the end": _memory(servers), "answers of the mixed script": _shares(mixed)}


async def _on_postgresql(model: Path, url: str, folder: Path) -> None:
    async with running_stock(model, url, folder) as servers:
        await _mixed(servers, "PostgreSQL")


async def _mixed(servers: StockServers, database: str) -> list[Figures]:
    session = servers.rasa.session
    await play(fresh(session, islice(mixed_talks(0), WARM_UP_TALKS)), 1, MIXED_SECONDS)
    found = []
    for clients in CLIENTS:
        talks = fresh(session, mixed_talks(clients * 10_000))
        found.append(await _with_cpu(servers, play(talks, clients, MIXED_SECONDS)))
        print_load(f"stock Rasa, mixed script, {database}", found[-1])
    return found


async def _choices(servers: StockServers) -> None:
    for clients in CLIENTS:
        talks = await prepared(servers.rasa.session, with_payloads(talks_without_free_text(CHOICE_TALKS)))
        figures = await _with_cpu(servers, play(iter(talks), clients, CHOICES_SECONDS))
        print_load("stock Rasa, without free text, SQLite", figures)


async def _with_cpu(servers: StockServers, measurement: Awaitable[Figures]) -> Figures:
    before = servers.cpu_seconds()
    return replace(await measurement, cpu_seconds=servers.cpu_seconds() - before)


async def _long_conversation(servers: StockServers) -> Singles:
    told = script()["long_conversation"]
    between = [as_payload(text) for text in told["between"]]
    citizen, deadline = StockCitizen(servers.rasa.session, "long"), time.perf_counter() + LONG_SECONDS
    await citizen.say(told["opening"])
    asked, chosen, turn = dict[int, list[float]](), dict[int, list[float]](), 1
    while turn < MEASURED_TURNS[-1] + 2 * SPREAD and time.perf_counter() < deadline:
        turn += 1
        mark = max((mark for mark in MEASURED_TURNS if mark <= turn), default=0)
        is_measured = mark > 0 and turn < mark + SPREAD
        text = made_unique(told["measured"], turn) if is_measured else between[turn % len(between)]
        took = (await citizen.say(text)).milliseconds
        if is_measured:
            asked.setdefault(mark, []).append(took)
        elif mark > 0 and turn < mark + 5 * SPREAD:
            chosen.setdefault(mark, []).append(took)
    return {f"turn {mark} of one conversation": _medians(asked[mark], chosen.get(mark, [])) for mark in asked}


def _medians(asked: list[float], chosen: list[float]) -> str:
    after = f"; choices after it {statistics.median(chosen):.0f} ms" if chosen else ""
    return f"question {statistics.median(asked):.0f} ms{after}"


def _memory(servers: StockServers) -> str:
    rasa, actions = servers.rasa.memory_megabytes(), servers.actions.memory_megabytes()
    return f"{rasa + actions:.0f} MB (rasa {rasa:.0f}, actions {actions:.0f})"


def _shares(found: list[Figures]) -> str:
    kinds = sum((figures.kinds for figures in found), Counter[str]())
    return ", ".join(f"{kind} {100 * amount / kinds.total():.0f} %" for kind, amount in kinds.most_common())
