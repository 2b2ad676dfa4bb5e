"""A bucket lets a burst through, then as much as flows in; tokens say who may speak where, and for how long."""

import time
from pathlib import Path

import pytest

from assistant.errors import NotAllowed
from connectors.web.limits import Limit
from connectors.web.tokens import Ticket, Tokens, signing_key


def test_a_burst_passes_and_then_one_a_second() -> None:
    now = [0.0]
    limit = Limit(3, 1, clock=lambda: now[0])
    assert [limit.allows("a") for _ in range(4)] == [True, True, True, False]
    now[0] = 1.0
    assert [limit.allows("a"), limit.allows("a"), limit.allows("b")] == [True, False, True]


def test_a_token_opens_its_conversation_until_it_is_too_old() -> None:
    tokens, ticket = Tokens(b"k" * 32, days=30), Ticket("brandis", "0" * 32)
    assert tokens.read(tokens.token(ticket, int(time.time()))) == ticket
    with pytest.raises(NotAllowed):
        tokens.read(tokens.token(ticket, int(time.time()) - 31 * 86_400))


def test_a_token_of_another_key_opens_nothing() -> None:
    with pytest.raises(NotAllowed):
        Tokens(b"k" * 32, 30).read(Tokens(b"x" * 32, 30).new("brandis")[1])


def test_the_key_is_made_once_and_read_by_nobody_else(tmp_path: Path) -> None:
    key = signing_key(None, tmp_path)
    assert (signing_key(None, tmp_path), len(key)) == (key, 32)
    assert (tmp_path / "web.key").stat().st_mode & 0o077 == 0
    assert signing_key("g" * 32, tmp_path) == b"g" * 32
