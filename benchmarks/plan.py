"""What is measured in which order and for how long; all of it together takes about eight minutes."""

import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks.citizen import Citizen
from benchmarks.echo import PATH
from benchmarks.load import Figures, fresh, play, prepared, send_back
from benchmarks.postgresql import newest_programs, running_postgresql
from benchmarks.script import made_unique, mixed_talks, script, short_talks, talks_without_free_text
from benchmarks.search import measure_search
from benchmarks.server import Server, running_echo, running_server
from benchmarks.table import print_head, print_load, print_machine, print_single, print_single_head

CLIENTS = (1, 8)
MIXED_SECONDS = 25
LIMIT_SECONDS = 3
CHOICES_SECONDS = 10
CHOICE_TALKS = 60
LONG_SECONDS = 120
MEASURED_TURNS = (10, 100, 300, 1000)
SPREAD = 5
"""Turns in a row whose median is the figure, the first of them the one that is named."""
CONVERSATIONS = 1000
CROWD_SECONDS = 120
WARM_UP_TALKS = 5

Singles = dict[str, str]


async def measure_all() -> None:
    """Measure on SQLite, then on PostgreSQL where it is installed."""
    started = time.perf_counter()
    print_machine()
    print_head()
    with tempfile.TemporaryDirectory(prefix="assistant-benchmark-") as name:
        folder = Path(name)
        singles = await _on_sqlite(folder)
        programs = newest_programs()
        if programs is None:
            singles["PostgreSQL"] = "not measured: its programs are not installed"
        else:
            with running_postgresql(programs) as url:
                singles |= await _on_postgresql(url, folder)
    print_single_head()
    for what, value in singles.items():
        print_single(what, value)
    print_single("search among 1,000 services, encoder aside", measure_search(1_000, few_questions=False))
    print_single("search among 10,000 services, random vectors", measure_search(10_000, few_questions=True))
    print_single("the whole run", f"{time.perf_counter() - started:.0f} s")


async def _on_sqlite(folder: Path) -> Singles:
    async with running_server(f"sqlite:///{folder / 'benchmark.db'}", folder) as server:
        singles = {"start until ready, SQLite": f"{server.start_seconds:.1f} s", "memory when ready": _megabytes(server)}
        mixed = await _mixed(server, "mixed script, SQLite")
        choices = await _choices(server)
        await _limit(folder)
        singles |= await _long_conversation(server)
        singles |= await _crowd(server, sum(figures.conversations for figures in (*mixed, *choices)))
        return singles | {"answers of the mixed script": _shares(mixed)}


async def _on_postgresql(url: str, folder: Path) -> Singles:
    async with running_server(url, folder) as server:
        await _mixed(server, "mixed script, PostgreSQL")
        return {"start until ready, PostgreSQL": f"{server.start_seconds:.1f} s"}


async def _mixed(server: Server, what: str) -> list[Figures]:
    await play(fresh(server.session, islice(mixed_talks(0), WARM_UP_TALKS)), 1, MIXED_SECONDS)
    found = []
    for clients in CLIENTS:
        talks = fresh(server.session, mixed_talks(clients * 10_000))
        found.append(await _with_cpu(server, play(talks, clients, MIXED_SECONDS)))
        print_load(what, found[-1])
    return found


async def _choices(server: Server) -> list[Figures]:
    found = []
    for clients in CLIENTS:
        talks = await prepared(server.session, talks_without_free_text(CHOICE_TALKS))
        found.append(await _with_cpu(server, play(iter(talks), clients, CHOICES_SECONDS)))
        print_load("without free text, SQLite", found[-1])
    return found


async def _limit(folder: Path) -> None:
    """A bare Sanic echo: what no dialogue can pass."""
    async with running_echo(folder) as echo:
        for clients in CLIENTS:
            figures = await _with_cpu(echo, send_back(echo.session, PATH, clients, LIMIT_SECONDS))
            print_load("bare Sanic echo", figures)


async def _with_cpu(server: Server, measurement: Awaitable[Figures]) -> Figures:
    before = server.cpu_seconds()
    return replace(await measurement, cpu_seconds=server.cpu_seconds() - before)


async def _long_conversation(server: Server) -> Singles:
    told = script()["long_conversation"]
    citizen, deadline = Citizen(server.session, "long"), time.perf_counter() + LONG_SECONDS
    await citizen.say(told["opening"])
    asked, chosen, turn = dict[int, list[float]](), dict[int, list[float]](), 1
    while turn < MEASURED_TURNS[-1] + SPREAD - 1 and time.perf_counter() < deadline:
        turn += 1
        mark = max((mark for mark in MEASURED_TURNS if mark <= turn), default=0)
        is_measured = mark > 0 and turn < mark + SPREAD
        text = made_unique(told["measured"], turn) if is_measured else told["between"][turn % len(told["between"])]
        took = (await citizen.say(text)).milliseconds
        if is_measured:
            asked.setdefault(mark, []).append(took)
        elif mark > 0 and turn < mark + 5 * SPREAD:
            chosen.setdefault(mark, []).append(took)
    return {f"turn {mark} of one conversation": _medians(asked[mark], chosen.get(mark, [])) for mark in asked}


async def _crowd(server: Server, conversations: int) -> Singles:
    missing = max(CONVERSATIONS - conversations - 1, 0)
    figures = await play(fresh(server.session, short_talks(missing)), CLIENTS[-1], CROWD_SECONDS)
    return {f"memory after {conversations + 1 + figures.conversations:,} conversations": _megabytes(server)}


def _medians(asked: list[float], chosen: list[float]) -> str:
    after = f"; choices after it {statistics.median(chosen):.0f} ms" if chosen else ""
    return f"question {statistics.median(asked):.0f} ms{after}"


def _megabytes(server: Server) -> str:
    return f"{server.memory_megabytes():.0f} MB"


def _shares(found: list[Figures]) -> str:
    kinds = sum((figures.kinds for figures in found), Counter[str]())
    return ", ".join(f"{kind} {100 * amount / kinds.total():.0f} %" for kind, amount in kinds.most_common())
