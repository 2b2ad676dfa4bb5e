"""Prints what was measured, line by line as Markdown, so that a run can be pasted into docs/benchmarks.md."""

import os
import platform
from pathlib import Path

from benchmarks.load import Figures

HEAD = "| What | Clients | Requests | per second | p50 ms | p95 ms | p99 ms | CPU ms |\n|---|---|---|---|---|---|---|---|"


def print_machine() -> None:
    """Name the machine and how busy it is before the first measurement."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    load = os.getloadavg()[0]
    _print(f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, load before the run {load:.2f}\n")


def print_head() -> None:
    """Begin the table of loads."""
    _print(HEAD)


def print_load(what: str, figures: Figures) -> None:
    """Print a line of the table of loads."""
    times = " | ".join(f"{figures.percentile(share):.1f}" for share in (0.5, 0.95, 0.99))
    amounts = f"{figures.clients} | {len(figures.milliseconds)} | {figures.per_second:.1f}"
    _print(f"| {what} | {amounts} | {times} | {figures.cpu_milliseconds:.1f} |")


def print_single_head() -> None:
    """Begin the table of single figures."""
    _print("\n| Figure | |\n|---|---|")


def print_single(what: str, value: str) -> None:
    """Print a line of the table of single figures."""
    _print(f"| {what} | {value} |")


def _print(line: str) -> None:
    print(line, flush=True)
