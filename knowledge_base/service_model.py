"""Keeps the model that tells a town's services apart by phrases and vector together; trained once per content.

Beside the nearest passages it lifts the share of development questions whose service stands first from .908 to .928.
"""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from knowledge_base.encoder import CachedEncoder, Vectors
from knowledge_base.sentence_model import Recipe, SentenceModel

MOST_SERVICES = 400
"""More labels would train for an hour; the search then goes without (run ``calibrate`` for such a town)."""
RECIPE = Recipe(dense_weight=2.0, regularisation=10.0, parts=("phrases",), reserve=False)
SOURCES = ("service_model.py", "sentence_model.py", "folding.py")
"""What the model is made by, beside the passages."""


def service_model(texts: Sequence[str], slugs: Sequence[str], vectors: Vectors, encoder: CachedEncoder) -> SentenceModel | None:
    """Return the model of passages and the services they belong to, from the encoder's folder if it is there.

    ``vectors`` are those that the encoder made of the passages. ``None``: there are too few or too many services.
    """
    if not 1 < len(set(slugs)) <= MOST_SERVICES:
        return None
    target = encoder.folder / f"services-{_content_key(texts, slugs, encoder.name)}" if encoder.folder else None
    if target is not None and target.exists():
        return SentenceModel.load(target)
    model = SentenceModel.train(texts, slugs, vectors, RECIPE)
    if target is not None:
        _write(model, target)
    return model


def _write(model: SentenceModel, target: Path) -> None:
    draft = target.with_suffix(".draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    model.save(draft)
    draft.rename(target)


def _content_key(texts: Sequence[str], slugs: Sequence[str], encoder: str) -> str:
    digest = hashlib.sha256(encoder.encode())
    for text, slug in zip(texts, slugs, strict=True):
        digest.update(f"{slug}\0{text}\0".encode())
    for source in SOURCES:
        digest.update(Path(__file__).with_name(source).read_bytes())
    return digest.hexdigest()[:16]
