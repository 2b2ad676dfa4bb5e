"""Keeps the lexical index between starts: counting the words of 124 records takes longer than reading them back; no pickle."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from scipy import sparse

from knowledge_base.lexical import Fields, Grams, LexicalIndex, Postings

SOURCES = ("lexical.py", "folding.py")
"""What the index is made by, beside the records."""


def kept_index(records: Sequence[Fields], folder: Path | None) -> LexicalIndex:
    """Return the index of records from a folder, built and written there if it is not; without a folder it is built."""
    if folder is None:
        return LexicalIndex.of(records)
    file = folder / f"words-{_content_key(records)}.npz"
    try:
        return _read(file)
    except (OSError, ValueError, KeyError, BadZipFile):  # not there, or torn
        index = LexicalIndex.of(records)
        _write(file, index)
        return index


def _content_key(records: Sequence[Fields]) -> str:
    digest = hashlib.sha256(json.dumps([record.weighted for record in records]).encode())
    for source in SOURCES:
        digest.update(Path(__file__).with_name(source).read_bytes())
    return digest.hexdigest()[:16]


def _read(file: Path) -> LexicalIndex:
    with file.open("rb") as opened, np.load(opened) as stored:
        words, grams = json.loads(stored["words"].tobytes()), json.loads(stored["grams"].tobytes())
        by_gram = sparse.csr_matrix(
            (stored["gram_values"], stored["gram_texts"], stored["gram_starts"]), shape=tuple(stored["gram_shape"])
        )
        return LexicalIndex(
            int(stored["size"]),
            Postings(_numbered(words), stored["starts"], stored["rows"], stored["weights"]),
            Grams(_numbered(grams), stored["rarity"], by_gram, stored["owners"]),
        )


def _write(file: Path, index: LexicalIndex) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft.npz")
    postings, grams = index.postings, index.grams
    np.savez(
        draft,
        size=index.size,
        words=_as_bytes(postings.words),
        starts=postings.starts,
        rows=postings.rows,
        weights=postings.weights,
        grams=_as_bytes(grams.places),
        rarity=grams.rarity,
        owners=grams.owners,
        gram_values=grams.by_gram.data,
        gram_texts=grams.by_gram.indices,
        gram_starts=grams.by_gram.indptr,
        gram_shape=grams.by_gram.shape,
    )
    draft.replace(file)


def _as_bytes(places: dict[str, int]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    names = sorted(places, key=places.__getitem__)
    return np.frombuffer(json.dumps(names, ensure_ascii=False).encode(), dtype=np.uint8)


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}
