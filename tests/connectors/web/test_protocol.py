"""The live protocol: each message is confirmed once it is stored, arrives once, and is there again after a reconnect."""

import json

import pytest
import websockets

from tests.connectors.web.conftest import WebClient


async def test_a_message_is_confirmed_and_answered(web: WebClient) -> None:
    async with web.socket(await web.session()) as socket:
        await socket.send(t="msg", id="one", text="Was kostet ein Personalausweis?")
        assert await socket.next() == {"t": "ack", "id": "one", "seq": 1}
        answer = await socket.answer()
    assert (answer["seq"], answer["custom"]["service"], answer["custom"]["section"]) == (2, "personalausweis", "fees")


async def test_a_second_delivery_is_confirmed_again_and_answered_once(web: WebClient) -> None:
    async with web.socket(await web.session()) as socket:
        await socket.ask("Was kostet ein Personalausweis?", "one")
        await socket.send(t="msg", id="one", text="Was kostet ein Personalausweis?")
        assert await socket.next("ack") == {"t": "ack", "id": "one", "seq": 1}
        again = await socket.ask("Danke")
    assert again["seq"] == 4


async def test_a_page_that_comes_back_gets_what_it_missed_in_order(web: WebClient) -> None:
    token = await web.session()
    async with web.socket(token) as socket:
        await socket.ask("Was kostet ein Personalausweis?", "one")
        await socket.ask("Und wie lange dauert das?", "two")
    async with web.socket(token, last=2) as socket:
        seen = [await socket.next("msg"), await socket.next("msg")]
    assert [(frame["seq"], frame["from"], frame.get("id")) for frame in seen] == [(3, "citizen", "two"), (4, "bot", None)]


async def test_two_tabs_show_the_same_conversation(web: WebClient) -> None:
    token = await web.session()
    async with web.socket(token) as one, web.socket(token) as other:
        await one.ask("Was kostet ein Personalausweis?")
        assert (await other.answer())["custom"]["service"] == "personalausweis"


async def test_a_pressed_button_reads_like_its_title(web: WebClient) -> None:
    token = await web.session()
    async with web.socket(token) as socket:
        answer = await socket.ask("Was kostet ein Personalausweis?")
        await socket.ask(answer["buttons"][0]["payload"])
    async with web.socket(token, last=2) as socket:
        assert (await socket.next("msg"))["text"] == answer["buttons"][0]["title"]


async def test_the_language_switch_answers_in_the_other_language(web: WebClient) -> None:
    async with web.socket(await web.session()) as socket:
        await socket.ask("Was kostet ein Personalausweis?")
        await socket.send(t="lang", id="switch", lang="en")
        assert (await socket.answer())["custom"] == {"type": "info", "topic": "language"}
        assert (await socket.answer())["custom"]["language"] == "en"


async def test_plain_german_is_switched_on(web: WebClient) -> None:
    async with web.socket(await web.session()) as socket:
        await socket.send(t="lang", id="switch", lang="plain")
        await socket.answer()
        assert (await socket.ask("Was kostet ein Personalausweis?"))["custom"]["plain"] is True


async def test_an_answer_can_be_judged_and_the_reason_is_kept_with_it(web: WebClient) -> None:
    async with web.socket(await web.session()) as socket:
        answer = await socket.ask("Was kostet ein Personalausweis?")
        await socket.send(t="feedback", seq=answer["seq"], helpful=False, reason="Die Gebühr ist neu.")
        assert await socket.next("thanks") == {"t": "thanks", "seq": answer["seq"]}
        await socket.send(t="feedback", seq=1, helpful=True)
        assert (await socket.next("error"))["code"] == "no_such_answer"


async def test_what_is_ended_is_deleted(web: WebClient) -> None:
    token = await web.session()
    async with web.socket(token) as socket:
        await socket.ask("Was kostet ein Personalausweis?")
        await socket.send(t="end")
        assert await socket.next("ended") == {"t": "ended"}
    transcript = await web.http.get("/webhooks/web/transcript", headers={"Authorization": f"Bearer {token}"})
    assert transcript.text.strip() == ""


async def test_the_transcript_holds_both_sides(web: WebClient) -> None:
    token = await web.session()
    async with web.socket(token) as socket:
        await socket.ask("Was kostet ein Personalausweis?")
    transcript = await web.http.get("/webhooks/web/transcript", headers={"Authorization": f"Bearer {token}"})
    assert "Was kostet ein Personalausweis?" in transcript.text
    assert "46 Euro" in transcript.text


async def test_without_sockets_posts_and_events_do_the_same(web: WebClient) -> None:
    token = await web.session()
    posted = await web.post(token, t="msg", id="one", text="Was kostet ein Personalausweis?")
    assert posted.json() == {"t": "ack", "id": "one", "seq": 1}
    headers = {"Authorization": f"Bearer {token}", "Last-Event-ID": "1"}
    async with web.http.stream("GET", "/webhooks/web/events", headers=headers) as response:
        line = await anext(line async for line in response.aiter_lines() if line.startswith("data: "))
    assert json.loads(line[6:])["custom"]["service"] == "personalausweis"


@pytest.mark.parametrize("origin", ["https://evil.example.org", "null", "http://127.0.0.1:1"])
async def test_a_strange_page_opens_neither_session_nor_socket(web: WebClient, origin: str) -> None:
    refused = await web.http.post("/webhooks/web/session", json={}, headers={"Origin": origin})
    assert refused.status_code == 403
    token = await web.session()
    with pytest.raises(websockets.InvalidStatus) as raised:
        async with web.socket(token, origin=origin):
            pass
    assert raised.value.response.status_code == 403


async def test_a_request_that_tells_no_origin_opens_no_session(web: WebClient) -> None:
    assert (await web.http.post("/webhooks/web/session", json={})).status_code == 403


@pytest.mark.parametrize("change", [lambda token: token[:-2] + "xx", lambda token: "x" + token, lambda _: "x", lambda _: "a.b"])
async def test_a_forged_token_opens_nothing(web: WebClient, change: object) -> None:
    assert callable(change)
    token = change(await web.session())
    assert (await web.post(token, t="msg", id="one", text="Hallo")).status_code == 401
    with pytest.raises(websockets.ConnectionClosedError) as raised:
        async with web.socket(token):
            pass
    assert raised.value.rcvd is not None
    assert raised.value.rcvd.code == 4401


async def test_one_token_never_reads_another_conversation(web: WebClient) -> None:
    async with web.socket(await web.session()) as socket:
        await socket.ask("Was kostet ein Personalausweis?")
    other = await web.session()
    transcript = await web.http.get("/webhooks/web/transcript", headers={"Authorization": f"Bearer {other}"})
    assert transcript.text.strip() == ""


async def test_a_flood_is_slowed_down_and_loses_nothing(web: WebClient) -> None:
    token = await web.session()
    answers = [await web.post(token, t="msg", id=f"m{number}", text="Danke") for number in range(25)]
    refused = [answer.json() for answer in answers if answer.status_code == 429]
    assert refused
    assert all(answer["code"] == "too_fast" and answer["id"] for answer in refused)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "[]",
        '"x"',
        '{"t": "hack"}',
        '{"t": "msg", "text": "x"}',
        '{"t": "msg", "id": "a b", "text": "x"}',
        '{"t": "hello"}',
    ],
)
async def test_a_bad_frame_is_answered_with_what_to_do(web: WebClient, raw: str) -> None:
    async with web.socket(await web.session()) as socket:
        await socket.connection.send(raw)
        refused = await socket.next("error")
        assert refused["code"] == "bad_frame"
        assert (await socket.ask("Was kostet ein Personalausweis?"))["custom"]["type"] == "answer"


async def test_a_town_that_is_not_served_gets_no_session(web: WebClient) -> None:
    refused = await web.http.post("/webhooks/web/session", json={"town": "nirgendwo"}, headers=web.origin)
    assert (refused.status_code, refused.json()["code"]) == (404, "no_such_town")


async def test_a_frame_that_is_too_long_is_refused_and_not_stored(web: WebClient) -> None:
    async with web.socket(await web.session()) as socket:
        await socket.send(t="msg", id="one", text="x" * 40_000)
        assert (await socket.next("error"))["code"] == "too_long"
        assert (await socket.ask("Was kostet ein Personalausweis?"))["seq"] == 2


async def test_every_tab_hears_that_a_conversation_ended(web: WebClient) -> None:
    token = await web.session()
    async with web.socket(token) as one, web.socket(token) as other:
        await one.ask("Was kostet ein Personalausweis?")
        await other.answer()
        await one.send(t="end")
        assert await other.next("ended") == {"t": "ended"}
        assert (await other.ask("Danke"))["seq"] == 2
