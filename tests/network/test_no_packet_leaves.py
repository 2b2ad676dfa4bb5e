"""With default settings nothing leaves the machine, neither at the start nor while citizens ask."""

import json
import socket
import subprocess
import sys

import pytest

from tests.hotlines import Prepared
from tests.network import sealed_hotline


def test_a_hotline_starts_and_answers_without_a_packet_to_anybody(prepared: Prepared, sqlite_url: str) -> None:
    command = [sys.executable, "-m", "tests.network.sealed_hotline", sqlite_url]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout.splitlines()[-1])
    assert said["tried"] == []
    assert {"smalltalk", "answer", "emergency", "handover"} <= set(said["kinds"])


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1", b"example.org"])
def test_the_watch_notices_what_would_leave(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_hotline, "tried", [])
    with pytest.raises(ConnectionRefusedError):
        sealed_hotline.watch("socket.connect", (socket.socket, (host, 443)))
    with pytest.raises(ConnectionRefusedError):
        sealed_hotline.watch("socket.getaddrinfo", (host, 443, 0, 0, 0))
    assert len(sealed_hotline.tried) == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "/run/postgresql/.s.PGSQL.5432", None])
def test_the_watch_lets_this_machine_talk_to_itself(host: str | None) -> None:
    sealed_hotline.watch("socket.connect", (socket.socket, host if host is None or "/" in host else (host, 80)))
    sealed_hotline.watch("socket.getaddrinfo", (host, 80, 0, 0, 0))
    sealed_hotline.watch("open", ("file", "r", 0))
