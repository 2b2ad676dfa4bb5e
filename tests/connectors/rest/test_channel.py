"""The server as clients see it: over HTTP, on a loopback port."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.hotline import Hotline
from assistant.settings import RestKey, Secret
from tests.connectors.rest.conftest import WEBHOOK, RestClient, Serve
from tests.hotlines import TestClock, types_of

SECRET = "0123456789abcdef"
OTHER_SECRET = "fedcba9876543210"
KEYS = (RestKey("app", Secret(SECRET)), RestKey("kiosk", Secret(OTHER_SECRET)))
HELLO = {"sender": "anna", "message": "Hallo"}
REQUEST_LINE = b"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"


def bearer(secret: str) -> dict[str, str]:
    """Return the header that shows a key."""
    return {"Authorization": f"Bearer {secret}"}


def sentence_of(response: httpx.Response, status: int) -> str:
    """Return the error's sentence after checking that it is one, in JSON and alone."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    error = response.json()
    assert list(error) == ["error"]
    assert error["error"].endswith(".")
    return str(error["error"])


class TestConversations:
    async def test_a_question_is_answered_under_the_name_of_the_sender(self, rest_client: RestClient) -> None:
        (answer,) = await rest_client.say("Was kostet ein Personalausweis?")
        assert answer["recipient_id"] == "anna"
        assert answer["custom"]["service"] == "personalausweis"

    async def test_the_same_sender_goes_on_with_the_same_conversation(self, rest_client: RestClient) -> None:
        await rest_client.say("Hallo")
        (second,) = await rest_client.say("Hallo")
        assert "automatische Assistent" not in second["text"]

    async def test_another_sender_has_a_conversation_of_its_own(self, rest_client: RestClient) -> None:
        await rest_client.say("Hallo")
        (first,) = await rest_client.say("Hallo", sender="bert")
        assert "automatische Assistent" in first["text"]

    async def test_two_keys_with_the_same_sender_never_share_a_conversation(self, serve: Serve) -> None:
        async with serve(rest_keys=KEYS) as client:
            (_, one, two) = [
                (await client.post({"sender": "anna", "message": "Hallo"}, **bearer(secret))).json()
                for secret in (SECRET, SECRET, OTHER_SECRET)
            ]
        assert "automatische Assistent" not in one[0]["text"]
        assert "automatische Assistent" in two[0]["text"]

    async def test_a_message_sent_again_gets_the_same_answer_and_no_second_effect(self, rest_client: RestClient) -> None:
        first = await rest_client.say("Bitte rufen Sie mich zurück", message_id="1")
        again = await rest_client.say("Bitte rufen Sie mich zurück", message_id="1")
        (next_question,) = await rest_client.say("Anna Müller", message_id="2")
        assert again == first
        assert next_question["custom"]["asks"] == "callback_phone"

    async def test_a_message_sent_twice_at_once_is_answered_twice_alike(self, rest_client: RestClient) -> None:
        one, two = await asyncio.gather(*(rest_client.say("Was kostet ein Reisepass?", message_id="1") for _ in range(2)))
        assert one == two

    async def test_a_message_without_an_id_is_a_new_one_each_time(self, rest_client: RestClient) -> None:
        first, second = await rest_client.say("Hallo"), await rest_client.say("Hallo")
        assert first != second

    async def test_the_payload_of_a_button_does_what_the_button_says(self, rest_client: RestClient) -> None:
        (answer,) = await rest_client.say("Was kostet ein Reisepass?")
        (pressed,) = await rest_client.say(answer["buttons"][0]["payload"])
        assert (pressed["custom"]["service"], pressed["custom"]["section"]) == ("reisepass", "documents")

    @pytest.mark.parametrize("typed", ["1", "1.", "Unterlagen", "unterlagen"])
    async def test_a_typed_digit_or_title_does_what_the_button_says(self, rest_client: RestClient, typed: str) -> None:
        (answer,) = await rest_client.say("Was kostet ein Reisepass?")
        assert answer["buttons"][0]["title"] == "Unterlagen"
        (pressed,) = await rest_client.say(typed)
        assert (pressed["custom"]["service"], pressed["custom"]["section"]) == ("reisepass", "documents")

    async def test_the_button_of_somebody_else_has_expired_for_me(self, rest_client: RestClient) -> None:
        (answer,) = await rest_client.say("Was kostet ein Reisepass?", sender="bert")
        (refused,) = await rest_client.say(answer["buttons"][0]["payload"])
        assert refused["custom"] == {"type": "info", "topic": "choice_expired"}

    async def test_a_button_expires_after_a_day(self, rest_client: RestClient, clock: TestClock) -> None:
        (answer,) = await rest_client.say("Was kostet ein Reisepass?")
        clock.advance(hours=25)
        (refused,) = await rest_client.say(answer["buttons"][0]["payload"])
        assert refused["custom"] == {"type": "info", "topic": "choice_expired"}

    async def test_the_usual_town_and_the_named_one_are_the_same_conversation(self, rest_client: RestClient) -> None:
        await rest_client.say("Hallo")
        (second,) = await rest_client.say("Hallo", town="brandis")
        assert "automatische Assistent" not in second["text"]

    @pytest.mark.parametrize("text", ["/restart", "/ask_fees{}", " /session_start", '/inform{"confirmed": true}'])
    async def test_commands_of_rasa_are_refused(self, rest_client: RestClient, text: str) -> None:
        (refused,) = await rest_client.say(text)
        assert refused["custom"] == {"type": "refusal", "reason": "command"}

    @pytest.mark.parametrize("text", ["", " ", "\0", "\u200b", "...", "<b></b>"])
    async def test_a_message_without_text_is_answered(self, rest_client: RestClient, text: str) -> None:
        (refused,) = await rest_client.say(text)
        assert refused["custom"] == {"type": "refusal", "reason": "empty"}

    @pytest.mark.parametrize("text", ["Ausweis " * 300, "a" * 500_000, "a" + "\u0316\u0301" * 40_000])
    async def test_a_message_that_is_too_long_is_answered_soon(self, rest_client: RestClient, text: str) -> None:
        await rest_client.say("Was kostet ein Reisepass?")
        async with asyncio.timeout(5):
            (refused,) = await rest_client.say(text)
        assert refused["custom"] == {"type": "refusal", "reason": "too_long"}

    async def test_an_emergency_at_the_end_of_a_far_too_long_text_is_seen(self, rest_client: RestClient) -> None:
        first, *_ = await rest_client.say("Guten Tag. " * 2_000 + "Hilfe, mein Haus brennt!")
        assert first["custom"]["type"] == "emergency"

    async def test_metadata_set_no_slots(self, rest_client: RestClient) -> None:
        await rest_client.say("Hallo")
        (answer,) = await rest_client.say("Hallo", metadata={"language": "en", "slots": {"language": "en"}})
        assert answer["text"].startswith("Guten Tag")


class TestKeys:
    async def test_no_key_is_needed_on_loopback(self, rest_client: RestClient) -> None:
        assert (await rest_client.post(HELLO)).status_code == 200
        assert (await rest_client.http.get("/metrics")).status_code == 200

    @pytest.mark.parametrize("settings", [{"host": "0.0.0.0"}, {"public_url": "https://stadt.example"}, {"rest_keys": KEYS}])
    @pytest.mark.parametrize("headers", [{}, bearer("wrong"), {"Authorization": "Basic YTpi"}])
    async def test_without_a_valid_key_nothing_is_told(
        self, serve: Serve, settings: dict[str, Any], headers: dict[str, str]
    ) -> None:
        async with serve(**settings) as client:
            answers = [await client.post(HELLO, **headers), await client.http.get("/metrics", headers=headers)]
        for answer in answers:
            assert "Authorization: Bearer" in sentence_of(answer, 401)
            assert answer.headers["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Via"])
    async def test_what_came_through_a_proxy_needs_a_key(self, rest_client: RestClient, header: str) -> None:
        for answer in (
            await rest_client.post(HELLO, **{header: "203.0.113.9"}),
            await rest_client.http.get("/metrics", headers={header: "203.0.113.9"}),
        ):
            sentence_of(answer, 401)

    async def test_a_wrong_key_is_refused_even_where_none_is_needed(self, rest_client: RestClient) -> None:
        sentence_of(await rest_client.post(HELLO, **bearer(SECRET)), 401)

    async def test_a_valid_key_opens_a_public_server(self, serve: Serve) -> None:
        async with serve(host="0.0.0.0", public_url="https://stadt.example", rest_keys=KEYS) as client:
            answer = await client.post(HELLO, **bearer(SECRET), **{"X-Forwarded-For": "203.0.113.9"})
            metrics = await client.http.get("/metrics", headers=bearer(OTHER_SECRET))
        assert answer.json()[0]["custom"]["type"] == "smalltalk"
        assert metrics.status_code == 200

    async def test_a_stranger_does_not_learn_what_a_request_looks_like(self, serve: Serve) -> None:
        async with serve(rest_keys=KEYS) as client:
            sentence_of(await client.post_bytes(b"{"), 401)

    async def test_operation_and_contract_need_no_key(self, serve: Serve) -> None:
        async with serve(host="0.0.0.0") as client:
            paths = ("/health", "/ready", "/webhooks/rest/", "/api/openapi.json")
            assert [(await client.http.get(path)).status_code for path in paths] == [200] * 4


class TestErrors:
    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"null", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"sender": "a\\ud800", "message": "x"}', b'{"sender": "a"}'],
    )
    async def test_a_body_that_cannot_be_read_gets_a_sentence(self, rest_client: RestClient, body: bytes) -> None:
        assert "must be" in sentence_of(await rest_client.post_bytes(body), 400)

    async def test_halves_of_surrogate_pairs_and_nul_are_no_error(self, rest_client: RestClient) -> None:
        answer = await rest_client.post_bytes(
            b'{"sender": "anna", "message": "\\ud83d\\u0000Was kostet ein Reisepass?\\udfff"}'
        )
        assert answer.json()[0]["custom"]["service"] == "reisepass"

    async def test_an_unknown_town_is_not_found(self, rest_client: RestClient) -> None:
        for town in ("atlantis", "../brandis", "Brandis"):
            assert "no such town" in sentence_of(await rest_client.post({**HELLO, "town": town}), 404)

    @pytest.mark.parametrize(
        "request_bytes",
        [
            REQUEST_LINE + b"Content-Length: 3000000\r\n\r\n" + b"a" * 3_000_000,
            REQUEST_LINE + b"Transfer-Encoding: chunked\r\n\r\n200000\r\n" + b"a" * 0x200000 + b"\r\n0\r\n\r\n",
            REQUEST_LINE + b"Content-Length: 99999999999\r\n\r\n",
            REQUEST_LINE + b"X: " + b"a" * 20_000 + b"\r\n\r\n",
        ],
        ids=["long", "chunked", "announced", "headers"],
    )
    async def test_a_request_that_is_too_large_is_refused_with_a_sentence(
        self, rest_client: RestClient, request_bytes: bytes
    ) -> None:
        answer = await rest_client.send_raw(request_bytes)
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert b'{"error":"The request is too large.' in answer

    @pytest.mark.parametrize(
        "request_bytes",
        [
            b"Hallo\r\n\r\n",
            b"GET /health HTTP/9.9\r\n\r\n",
            b"GET /h\xc3\xa4lth HTTP/1.1\r\n\r\n",
            REQUEST_LINE + b"Content-Length: x\r\n\r\n",
            REQUEST_LINE + b"Content-Length: -1\r\n\r\n",
            REQUEST_LINE + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        ],
    )
    async def test_what_is_no_http_is_refused_with_a_sentence(self, rest_client: RestClient, request_bytes: bytes) -> None:
        answer = await rest_client.send_raw(request_bytes)
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b'{"error":"This request cannot be read.' in answer

    @pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])
    async def test_a_wrong_method_is_told_the_right_one(self, rest_client: RestClient, method: str) -> None:
        answer = await rest_client.http.request(method, WEBHOOK)
        sentence_of(answer, 405)
        assert answer.headers["Allow"] == "POST"

    @pytest.mark.parametrize(
        "path",
        [
            "/nowhere",
            "/chat/nirgendwo",
            "/public/../town.yml",
            "/conversations/anna/tracker",
            "/model",
            "/docs",
            "/%00",
            "/..%2f",
        ],
    )
    async def test_an_unknown_page_is_not_found(self, rest_client: RestClient, path: str) -> None:
        sentence_of(await rest_client.http.get(path), 404)

    async def test_a_database_that_is_down_is_an_error_with_a_way_on(self, rest_client: RestClient, hotline: Hotline) -> None:
        await break_database(hotline)
        assert "115" in sentence_of(await rest_client.post(HELLO), 500)

    async def test_no_answer_is_kept_or_taken_for_something_else(self, rest_client: RestClient) -> None:
        for answer in (
            await rest_client.post(HELLO),
            await rest_client.post_bytes(b"{"),
            await rest_client.post(HELLO, Via="proxy"),
            await rest_client.http.get("/nowhere"),
            await rest_client.http.put(WEBHOOK),
            await rest_client.http.get("/metrics"),
        ):
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


class TestOperation:
    @pytest.mark.parametrize("path", ["/health", "/webhooks/rest/"])
    async def test_the_process_answers(self, rest_client: RestClient, path: str) -> None:
        assert (await rest_client.http.get(path)).json() == {"status": "ok"}

    async def test_the_process_is_ready(self, rest_client: RestClient) -> None:
        answer = await rest_client.http.get("/ready")
        assert answer.status_code == 200
        assert answer.json() == {"status": "ready", "model": "ok", "database": "ok", "index": "ok"}

    async def test_without_its_database_the_process_is_alive_but_not_ready(
        self, rest_client: RestClient, hotline: Hotline
    ) -> None:
        await break_database(hotline)
        answer = await rest_client.http.get("/ready")
        assert answer.status_code == 503
        assert answer.json() == {"status": "not ready", "model": "ok", "database": "down", "index": "ok"}
        assert (await rest_client.http.get("/health")).status_code == 200

    @pytest.mark.parametrize("path", ["/health", "/ready"])
    async def test_probes_may_ask_without_a_body(self, rest_client: RestClient, path: str) -> None:
        answer = await rest_client.http.head(path)
        assert (answer.status_code, answer.content) == (200, b"")

    async def test_metrics_count_turns_by_channel_and_type(self, rest_client: RestClient) -> None:
        assert types_of(await rest_client.say("Was kostet ein Reisepass?", sender="geheim")) == ["answer"]
        answer = await rest_client.http.get("/metrics")
        assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert 'hotline_turns_total{channel="rest",type="answer"}' in answer.text
        assert "hotline_turn_seconds_bucket" in answer.text
        assert "hotline_turn_failures_total" in answer.text
        assert "geheim" not in answer.text


async def break_database(hotline: Hotline) -> None:
    """Put a folder where the database file was, so that nobody can open it."""
    await hotline.database.close()
    _replace_by_folder(Path(hotline.settings.database_url.value.removeprefix("sqlite:///")))


def _replace_by_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
