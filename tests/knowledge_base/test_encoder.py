"""Encoders behind one protocol, their cache, and the search without any."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.calibration import Calibration
from knowledge_base.encoder import CachedEncoder, EncoderError, OpenAIEncoder, shortened
from knowledge_base.load import load_town
from knowledge_base.search import ServiceSearch


class EmbeddingsHandler(BaseHTTPRequestHandler):
    """Answers like an OpenAI-compatible address: one vector per text, by the text's length, in turned order."""

    def do_POST(self) -> None:
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        rows = [{"index": place, "embedding": [float(len(text)), 1.0]} for place, text in enumerate(texts)]
        body = json.dumps({"data": rows[::-1]}).encode()
        self.send_response(200 if self.headers.get("Authorization") == "Bearer key" else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is dictated
        """Stay quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), EmbeddingsHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_an_openai_compatible_address_gives_unit_vectors_in_the_order_of_the_texts(address: str) -> None:
    vectors = OpenAIEncoder(address, "m", "key").encode(["a", "aaa"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0)
    assert vectors[1, 0] > vectors[0, 0]


def test_an_address_that_refuses_is_an_encoder_error_without_the_text(address: str) -> None:
    with pytest.raises(EncoderError) as refused:
        OpenAIEncoder(address, "m", "wrong").encode(["geheimer Satz"])
    assert "geheim" not in str(refused.value)


def test_records_are_encoded_once_and_kept_on_disk(address: str, tmp_path: Path) -> None:
    CachedEncoder(OpenAIEncoder(address, "m", "key"), tmp_path).store(["eins", "zwei"])
    again = CachedEncoder(OpenAIEncoder("http://127.0.0.1:9/v1", "m", None, timeout_seconds=0.2), tmp_path)
    assert again.encode(["zwei"]).shape == (1, 2)


def test_a_torn_cache_is_rebuilt(address: str, tmp_path: Path) -> None:
    first = CachedEncoder(OpenAIEncoder(address, "m", "key"), tmp_path)
    first.store(["eins"])
    (file,) = tmp_path.glob("*.npz")
    file.write_bytes(b"torn")
    assert CachedEncoder(OpenAIEncoder(address, "m", "key"), tmp_path).remembered("eins") is None


def test_at_most_48_words_go_to_the_encoder_of_a_long_text_the_sentence_that_asks() -> None:
    story = "Wir sind umgezogen und alles ist neu. " * 20
    assert shortened(story + "Bis wann melden wir uns an?") == "Bis wann melden wir uns an?"
    assert len(shortened(story).split()) == 48


def test_without_an_encoder_the_words_still_find_the_service() -> None:
    search = ServiceSearch(load_town(Path("towns"), "brandis"), None, Calibration.load())
    search.index.embed()
    findings = search.find("Was kostet ein Personalausweis?", search.index.encode("Was kostet ein Personalausweis?"))
    assert findings.on_reserve
    assert findings.candidates[0].slug == "personalausweis"


def test_an_encoder_that_fails_leaves_the_search_on_reserve() -> None:
    broken = CachedEncoder(OpenAIEncoder("http://127.0.0.1:9/v1", "m", None, timeout_seconds=0.2))
    search = ServiceSearch(load_town(Path("towns"), "brandis"), broken, Calibration.load())
    search.index.embed()
    assert search.index.is_on_reserve
    assert (
        search.find("Hundesteuer anmelden", search.index.encode("Hundesteuer anmelden")).candidates[0].slug
        == "hundesteuer-anmelden"
    )


def test_an_address_that_failed_is_left_alone_for_a_while(address: str) -> None:
    encoder = OpenAIEncoder("http://127.0.0.1:9/v1", "m", None, timeout_seconds=0.2)
    with pytest.raises(EncoderError, match="failed \\("):
        encoder.encode(["eins"])
    with pytest.raises(EncoderError, match="a moment ago"):
        encoder.encode(["zwei"])


def test_vectors_that_were_given_back_are_read_again_when_more_are_stored(address: str, tmp_path: Path) -> None:
    cached = CachedEncoder(OpenAIEncoder(address, "m", "key"), tmp_path)
    cached.store(["eins"])
    cached.release()
    assert cached.remembered("eins") is None
    cached.store(["zwei"])
    again = CachedEncoder(OpenAIEncoder(address, "m", "key"), tmp_path)
    assert again.remembered("eins") is not None
    assert again.remembered("zwei") is not None
