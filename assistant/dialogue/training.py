"""Trains the model, cached by content: the same files give the same model, and nothing is trained twice."""

import hashlib
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path

from assistant.dialogue.acts import EVENT
from assistant.progress import progress_line
from knowledge_base.dialect import standard_german
from knowledge_base.encoder import CachedEncoder, shortened
from knowledge_base.load import SHARED_SERVICES
from knowledge_base.reader import Reader
from knowledge_base.search import EverydaySentences
from knowledge_base.service_records import parse_service
from knowledge_base.yaml_file import read_yaml
from knowledge_base.yaml_tree import read_tree

SOURCES = (
    "config.yml",
    "domain",
    "data",
    "knowledge_base/services",
    "knowledge_base/folding.py",
    "knowledge_base/dialect.py",
    "knowledge_base/dialect.yml",
    "knowledge_base/sentence_model.py",
)
"""Everything that a model is made of."""
STRANGE_INTENTS = ("out_of_scope", "chat_smalltalk", "insult")
"""What is none of a town hall's."""
_ENCODER: ContextVar[CachedEncoder | None] = ContextVar("training_encoder", default=None)


def training_encoder() -> CachedEncoder | None:
    """Return the encoder that this training uses; ``None``: words only."""
    return _ENCODER.get()


def training_questions() -> list[tuple[str, str]]:
    """Return the questions of the shared records with the intent their section stands for."""
    found = []
    for path in sorted(SHARED_SERVICES.glob("*.yml")):
        tree = read_tree(path)
        service = parse_service(Reader(tree.value, [tree]))
        found += [(question.text, f"ask_{question.section}") for question in service.questions]
    return found


def event_sentences(root: Path = Path("data/events")) -> list[tuple[str, str]]:
    """Return the sentences that tell of life events, with the name under which the model knows each."""
    return [
        (str(text), f"{EVENT}{event}")
        for path in sorted(root.glob("*.yml"))
        for event, texts in read_yaml(path).items()
        for text in texts
    ]


def everyday_sentences(root: Path = Path("data/nlu")) -> EverydaySentences:
    """Return the example sentences of ``data/nlu`` as plain lines."""
    found: dict[str, list[str]] = {}
    intent = ""
    for path in sorted(root.glob("*/*.yml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("- intent: "):
                intent = line.removeprefix("- intent: ").strip()
            elif line.startswith("    - "):
                found.setdefault(intent, []).append(line[6:].strip())
    strange = [text for name in STRANGE_INTENTS for text in found.get(name, ())]
    return EverydaySentences(tuple(text for texts in found.values() for text in texts), tuple(strange))


def content_key(encoder_name: str, sources: Sequence[str] = SOURCES, root: Path = Path()) -> str:
    """Return a key that changes with anything a model is made of."""
    digest = hashlib.sha256(encoder_name.encode())
    for source in sources:
        path = root / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix in (".yml", ".py"):
                digest.update(str(file.relative_to(root)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def ensure_model(folder: Path, encoder: CachedEncoder | None, say: Callable[[str], None]) -> Path:
    """Return the model for the present content, training it if nobody has yet.

    Raises:
        RuntimeError: Rasa refused the training data; its own words stand before this on standard error.
    """
    target = folder / f"{content_key(encoder.name if encoder else 'off')}.tar.gz"
    if target.exists():
        return target
    if encoder is not None:
        labelled = [*training_questions(), *event_sentences()]
        texts = [standard_german(text) for text in (*everyday_sentences().all, *(text for text, _ in labelled))]
        encoder.store([shortened(text) for text in texts], progress_line(say, "Reading the training sentences"))
    say("Training the dialogue model …")
    _train(target, encoder)
    return target


def _train(target: Path, encoder: CachedEncoder | None) -> None:
    from rasa.model_training import train

    token = _ENCODER.set(encoder)
    try:
        result = train(
            domain="domain",
            config="config.yml",
            training_files=["data/nlu", "data/rules"],
            output=str(target.parent),
            fixed_model_name=target.name.removesuffix(".tar.gz"),
            force_training=True,
        )
    finally:
        _ENCODER.reset(token)
    if result.code != 0 or not target.exists():
        raise RuntimeError("the training failed")
