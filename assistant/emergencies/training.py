"""Trains the emergency model, cached by content, on `data/emergencies/` and on how people talk to the town hall otherwise."""

from collections.abc import Sequence
from pathlib import Path

from assistant.dialogue.training import content_key, everyday_sentences, training_questions
from assistant.emergencies.by_words import hear_words
from assistant.emergencies.kinds import NONE
from assistant.progress import Say, progress_line
from knowledge_base.encoder import CachedEncoder, shortened
from knowledge_base.sentence_model import Recipe, SentenceModel
from knowledge_base.yaml_file import read_yaml

SENTENCES = Path("data/emergencies")
RECIPE = Recipe(dense_weight=1.5, regularisation=10.0)
SOURCES = (
    "data/emergencies",
    "data/nlu",
    "knowledge_base/services",
    "knowledge_base/folding.py",
    "assistant/emergencies",
    "knowledge_base/sentence_model.py",
)
"""Everything that the model is made of."""


def ensure_emergency_model(folder: Path, encoder: CachedEncoder | None, say: Say) -> SentenceModel:
    """Return the model for the present sentences, trained if nobody has yet."""
    target = folder / f"emergencies-{content_key(encoder.name if encoder else 'off', SOURCES)}"
    if not target.exists():
        draft = target.with_suffix(".draft")
        draft.mkdir(parents=True, exist_ok=True)
        examples = training_examples()
        _encode(examples, encoder, say)
        say("Training the emergency model …")
        trained_model(examples, encoder).save(draft)
        draft.rename(target)
    return SentenceModel.load(target)


def _encode(examples: Sequence[tuple[str, str]], encoder: CachedEncoder | None, say: Say) -> None:
    if encoder is not None:
        encoder.store([shortened(text) for text, _ in examples], progress_line(say, "Reading sentences about emergencies"))


def training_examples() -> list[tuple[str, str]]:
    """Return sentences with the kind of emergency that each tells of, or ``none``; the written ones first."""
    ordinary = [*everyday_sentences().all, *(text for text, _ in training_questions())]
    return [*written_examples(), *((text, NONE) for text in dict.fromkeys(ordinary) if hear_words(text) is None)]


def written_examples(folder: Path = SENTENCES) -> list[tuple[str, str]]:
    """Return the sentences of `data/emergencies/`."""
    return [(text, kind) for path in sorted(folder.glob("*.yml")) for kind, texts in read_yaml(path).items() for text in texts]


def trained_model(examples: list[tuple[str, str]], encoder: CachedEncoder | None) -> SentenceModel:
    """Fit a model to sentences with their kinds."""
    texts, kinds = [text for text, _ in examples], [kind for _, kind in examples]
    vectors = None
    if encoder is not None:
        short = [shortened(text) for text in texts]
        encoder.store(short)
        vectors = encoder.encode(short)
    return SentenceModel.train(texts, kinds, vectors, RECIPE)
