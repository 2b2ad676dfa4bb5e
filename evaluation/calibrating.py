"""Learns weights and thresholds: ``python -m assistant calibrate``. First the search's, then how sure the dialogue may be."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.dialogue.certainty import certainties
from assistant.dialogue.clause_reader import ClauseReader
from assistant.dialogue.training import everyday_sentences
from assistant.dialogue.turn_planner import intents_of
from assistant.emergencies.recognition import Recogniser
from assistant.emergencies.training import written_examples
from assistant.encoders import make_encoder
from assistant.hotline import prepare
from assistant.settings import Settings
from assistant.towns.served import ServedTown
from evaluation.items import DEVELOPMENT, Item, read_items
from evaluation.learning_certainty import learn_certainties
from evaluation.learning_emergencies import learn_recognition
from evaluation.learning_sections import learn_section_choice
from knowledge_base.calibration import Calibration
from knowledge_base.encoder import shortened
from knowledge_base.index import DENSE_FEATURES, FEATURES, LEXICAL_FEATURES, ServiceIndex
from knowledge_base.learning import Labelled, Pairs, learn_weights, pairs_of
from knowledge_base.load import load_town
from knowledge_base.model import Service
from knowledge_base.names import ServiceNames, texts_of
from knowledge_base.spelling import Spelling

FOLDS = 8


def calibrate(settings: Settings, say: Callable[[str], None]) -> None:
    """Learn from the development files; store the result."""
    calibration = _calibrated_search(settings)
    calibration.save()
    say(f"Search: {dict(calibration.figures)}")
    towns, model, emergency_model = prepare(settings, say)
    town = towns[settings.town]
    assert town.search.encoder is not None
    items = read_items(DEVELOPMENT)
    with tempfile.TemporaryDirectory() as folder:
        intents = intents_of(model, Path(folder))
    _encode(items, ClauseReader(intents, certainties(), town), town)
    learned = learn_certainties(items, ClauseReader(intents, certainties(), town), town)
    learned.save()
    say(f"Certainty: {dict(learned.figures)}, answer from {learned.answer}, ask back from {learned.offer}")
    sections = learn_section_choice(items, ClauseReader(intents, learned, town))
    sections.save()
    say(f"Sections: {dict(sections.figures)}")
    ordinary = [item for item in items if not item.after]
    reader = ClauseReader(intents, learned, town)
    _encode_texts([text for text, _ in written_examples()], reader, town)
    recogniser, figures = learn_recognition(ordinary, reader, Recogniser.load(emergency_model), town.search.encoder)
    recogniser.save(figures)
    say(f"Emergencies: {figures}")


def _encode(items: Sequence[Item], reader: ClauseReader, town: ServedTown) -> None:
    """Encode what will be read, so that the readings find it remembered."""
    _encode_texts([text for item in items for text in (*item.after, item.text)], reader, town)


def _encode_texts(texts: Sequence[str], reader: ClauseReader, town: ServedTown) -> None:
    assert town.search.encoder is not None
    town.search.encoder.store([shortened(clause) for text in texts for clause in reader.texts_to_encode(text)])


def _calibrated_search(settings: Settings) -> Calibration:
    encoder = make_encoder(settings)
    services = list(load_town(settings.towns_folder, settings.town).services.values())
    index = ServiceIndex(services, encoder, everyday_sentences().strange)
    index.embed()
    known = _labelled(services)
    if encoder is not None:
        encoder.store([shortened(item.text) for item in known])
    pairs = pairs_of(index, known, lexical_only=encoder is None)
    words = pairs_of(index, known, lexical_only=True)
    return Calibration(
        encoder.name if encoder else "off",
        full=learn_weights(pairs),
        foreign=learn_weights(pairs, DENSE_FEATURES),
        reserve=learn_weights(words, LEXICAL_FEATURES),
        figures=_figures(pairs, len(services)),
    )


def _labelled(services: list[Service]) -> list[Labelled]:
    """Return the development questions that stand alone, with the service each is about."""
    texts = [*everyday_sentences().all, *(text for service in services for text in texts_of(service))]
    spelling = Spelling(ServiceNames(services).words, texts)
    return [
        Labelled(spelling.mended(item.text), item.service if item.outcome == "answer" else None)
        for item in read_items(DEVELOPMENT)
        if not item.after and (item.service or item.outcome in ("refusal", "smalltalk", "info"))
    ]


def _figures(pairs: Pairs, services: int) -> dict[str, float]:
    """Return how often the right service stands first, with weights that were learned without the question."""
    features, targets = pairs.features.reshape(-1, services, len(FEATURES)), pairs.targets.reshape(-1, services)
    asked = targets.any(axis=1)
    folds = np.random.default_rng(115).integers(0, FOLDS, len(targets))
    right = []
    for fold in range(FOLDS):
        kept, tested = folds != fold, asked & (folds == fold)
        weights = learn_weights(Pairs(features[kept].reshape(-1, len(FEATURES)), targets[kept].ravel()))
        row = np.array([weights.by_feature[name] for name in FEATURES])
        right.append((features[tested] @ row).argmax(axis=1) == targets[tested].argmax(axis=1))
    return {"questions": float(asked.sum()), "recall_at_1": float(np.concatenate(right).mean())}
