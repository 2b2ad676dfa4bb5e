"""Schemathesis reads the document that the server shows and tries what it allows, forbids and does not mention."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import RestKey, Secret
from tests.connectors.rest.conftest import Serve

SECRET = "0123456789abcdef"
OPTIONS = [
    "--checks=all",
    "--phases=examples,coverage,fuzzing",
    "--max-examples=50",
    "--generation-deterministic",
    "--continue-on-failure",
    "--no-color",
]
TIMEOUT_SECONDS = 60


@pytest.mark.parametrize(
    ("settings", "arguments"),
    [
        ({}, []),
        (
            {"host": "0.0.0.0", "rest_keys": (RestKey("app", Secret(SECRET)),)},
            ["--header", f"Authorization: Bearer {SECRET}"],
        ),
    ],
    ids=["open", "with a key"],
)
async def test_the_server_does_what_its_document_says_whatever_is_sent(
    serve: Serve, tmp_path: Path, settings: dict[str, Any], arguments: list[str]
) -> None:
    async with serve(**settings) as client:
        code, report = await run_schemathesis(tmp_path, f"{client.base_url}/api/openapi.json", *OPTIONS, *arguments)
    assert code == 0, report


async def run_schemathesis(folder: Path, *arguments: str) -> tuple[int | None, str]:
    """Run the command in a folder of its own, beside the loop that serves; return exit code and report."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "run", *arguments),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            output, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        output, _ = await process.communicate()
    return process.returncode, output.decode()
