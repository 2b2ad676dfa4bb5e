"""Requests become typed objects or a sentence, and keys open or they do not; no server is needed."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigurationError, NotAllowed
from assistant.settings import RestKey, Secret, Settings, load_settings
from connectors.rest.wire import BadRequest, RestMessage, address_of, key_names, key_of, parse_message

SECRET = "0123456789abcdef"
OTHER_SECRET = "fedcba9876543210"
KEYS = (RestKey("app", Secret(SECRET)), RestKey("kiosk", Secret(OTHER_SECRET)))
SMALLEST = {"sender": "anna", "message": "Hallo"}


def body(**changes: Any) -> bytes:
    """Return the smallest request with changes."""
    return json.dumps(SMALLEST | changes).encode()


def settings(**changes: Any) -> Settings:
    """Return the settings of a copy on loopback without keys, with changes."""
    return replace(load_settings({}, Path("/nonexistent")), **changes)


@pytest.mark.parametrize(
    ("request_body", "read"),
    [
        (body(), RestMessage("anna", "Hallo", None, None)),
        (body(town="brandis", message_id="7"), RestMessage("anna", "Hallo", "brandis", "7")),
        (body(town=None, message_id=None, metadata=None), RestMessage("anna", "Hallo", None, None)),
        (body(metadata={"town": "brandis", "slot": 1}), RestMessage("anna", "Hallo", "brandis", None)),
        (body(town="brandis", metadata={"town": "elsewhere"}), RestMessage("anna", "Hallo", "brandis", None)),
        (body(input_channel="web", stream=True), RestMessage("anna", "Hallo", None, None)),
        (body(message=""), RestMessage("anna", "", None, None)),
        (body(message="a\0b"), RestMessage("anna", "ab", None, None)),
        (body(message="\ud83d Hallo"), RestMessage("anna", "? Hallo", None, None)),
        (body(sender="ä" * 120), RestMessage("ä" * 120, "Hallo", None, None)),
        ("\ufeff".encode() + body(), RestMessage("anna", "Hallo", None, None)),
    ],
)
def test_a_request_is_read(request_body: bytes, read: RestMessage) -> None:
    assert parse_message(request_body) == read


@pytest.mark.parametrize(
    ("request_body", "sentence"),
    [
        (b"", "The body must be JSON"),
        (b"Hallo", "The body must be JSON"),
        (b'{"sender": "anna", "message": "Hallo"', "The body must be JSON"),
        ("{'sender': 'anna'}".encode("utf-16"), "The body must be JSON"),
        ('{"sender": "anna", "message": "Tschüß"}'.encode("latin-1"), "The body must be JSON"),
        (b"[" * 100_000, "The body must be JSON"),
        (b'{"sender": "anna", "message": "x", "n": ' + b"1" * 10_000 + b"}", "The body must be JSON"),
        (b"null", "The body must be a JSON object"),
        (b'"Hallo"', "The body must be a JSON object"),
        (json.dumps([SMALLEST]).encode(), "The body must be a JSON object"),
        (b'{"message": "Hallo"}', "sender must be a text"),
        (body(sender=None), "sender must be a text"),
        (body(sender=7), "sender must be a text"),
        (body(sender=""), "sender must be a text"),
        (body(sender=" \n"), "sender must be a text"),
        (body(sender="a" * 121), "sender must be a text"),
        (body(sender="a\0"), "sender must be a text"),
        (body(sender="a\ud800"), "sender must be a text"),
        (b'{"sender": "anna"}', "message must be a text"),
        (body(message=None), "message must be a text"),
        (body(message=["Hallo"]), "message must be a text"),
        (body(message={"text": "Hallo"}), "message must be a text"),
        (body(town=""), "town must be a text"),
        (body(town=False), "town must be a text"),
        (body(town="a" * 65), "town must be a text"),
        (body(town="a\0"), "town must be a text"),
        (body(metadata="brandis"), "metadata must be a JSON object"),
        (body(metadata=[]), "metadata must be a JSON object"),
        (body(metadata={"town": 0}), "town must be a text"),
        (body(message_id=7), "message_id must be a text"),
        (body(message_id=""), "message_id must be a text"),
        (body(message_id="a" * 121), "message_id must be a text"),
        (body(message_id="a\udfff"), "message_id must be a text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(request_body: bytes, sentence: str) -> None:
    with pytest.raises(BadRequest, match=sentence):
        parse_message(request_body)


def test_a_far_too_long_text_keeps_both_its_ends() -> None:
    text = parse_message(body(message="Anfang" + "\u0316\u0301" * 200_000 + "Ende")).text
    assert text.startswith("Anfang")
    assert text.endswith("Ende")
    assert len(text) == 8001


@pytest.mark.parametrize(
    ("changes", "headers", "name"),
    [
        ({}, {}, ""),
        ({"host": "localhost"}, {"accept": "*/*"}, ""),
        ({"host": "::1"}, {}, ""),
        ({"rest_keys": KEYS}, {"authorization": f"Bearer {SECRET}"}, "app"),
        ({"rest_keys": KEYS}, {"authorization": f"bearer  {OTHER_SECRET} "}, "kiosk"),
        ({"rest_keys": KEYS, "host": "0.0.0.0"}, {"authorization": f"Bearer {SECRET}"}, "app"),
        ({"rest_keys": KEYS, "public_url": "https://stadt.example"}, {"authorization": f"Bearer {SECRET}"}, "app"),
        ({"rest_keys": KEYS}, {"authorization": f"Bearer {SECRET}", "x-forwarded-for": "203.0.113.9"}, "app"),
    ],
)
def test_a_key_or_this_machine_opens(changes: dict[str, Any], headers: dict[str, str], name: str) -> None:
    assert key_of(headers, settings(**changes)) == name


@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({"host": "0.0.0.0"}, {}),
        ({"host": "::"}, {}),
        ({"host": "192.0.2.7"}, {}),
        ({"public_url": "https://stadt.example"}, {}),
        ({}, {"forwarded": "for=203.0.113.9"}),
        ({}, {"via": "1.1 proxy"}),
        ({}, {"x-real-ip": "203.0.113.9"}),
        ({}, {"X-Forwarded-For": "203.0.113.9"}),
        ({}, {"x-forwarded-host": "stadt.example"}),
        ({}, {"x-forwarded-server": "proxy"}),
        ({}, {"cf-connecting-ip": "203.0.113.9"}),
        ({}, {"authorization": f"Bearer {SECRET}"}),
        ({}, {"authorization": ""}),
        ({"rest_keys": KEYS}, {}),
        ({"rest_keys": KEYS}, {"authorization": "Bearer"}),
        ({"rest_keys": KEYS}, {"authorization": "Bearer "}),
        ({"rest_keys": KEYS}, {"authorization": SECRET}),
        ({"rest_keys": KEYS}, {"authorization": f"Basic {SECRET}"}),
        ({"rest_keys": KEYS}, {"authorization": f"Bearer {SECRET}x"}),
        ({"rest_keys": KEYS}, {"authorization": f"Bearer {SECRET[:-1]}"}),
        ({"rest_keys": KEYS}, {"authorization": f"Bearer {SECRET.upper()}"}),
        ({"rest_keys": KEYS}, {"authorization": "Bearer \udcff"}),
    ],
)
def test_everybody_else_needs_a_valid_key(changes: dict[str, Any], headers: dict[str, str]) -> None:
    with pytest.raises(NotAllowed, match="Authorization: Bearer"):
        key_of(headers, settings(**changes))


def test_no_two_keys_can_make_the_same_address() -> None:
    addresses = {address_of(key, sender) for key in ("", "app", "app.b") for sender in ("anna", "b/anna", "/anna", "app/anna")}
    assert len(addresses) == 12


def test_the_longest_address_fits_into_its_column() -> None:
    assert len(address_of("k" * 40, "s" * 120)) <= 200


@pytest.mark.parametrize("name", ["", "a/b", "a b", "ä", "k" * 41])
def test_a_key_with_a_name_that_cannot_stand_in_an_address_stops_the_start(name: str) -> None:
    with pytest.raises(ConfigurationError, match="HOTLINE_REST_KEYS must be name:secret pairs"):
        load_settings({"HOTLINE_REST_KEYS": f"{name}:{SECRET}"}, Path("/nonexistent"))


def test_the_names_of_the_keys_are_shown_without_their_secrets() -> None:
    assert key_names(KEYS) == ["app", "kiosk"]
    assert SECRET not in repr(KEYS)
