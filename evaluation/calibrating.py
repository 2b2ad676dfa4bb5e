"""Learns weights and thresholds: ``python -m assistant calibrate``."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from assistant.dialogue.training import everyday_sentences
from assistant.encoders import make_encoder
from assistant.settings import Settings
from evaluation.items import DEVELOPMENT, read_items
from knowledge_base.calibration import Calibration, Weights
from knowledge_base.encoder import shortened
from knowledge_base.index import DENSE_FEATURES, LEXICAL_FEATURES, ServiceIndex
from knowledge_base.learning import Labelled, learn_weights, pairs_of, pairs_of_own_questions
from knowledge_base.load import load_town
from knowledge_base.names import ServiceNames, texts_of
from knowledge_base.spelling import Spelling

RIGHT_WHEN_ANSWERED = 0.955
"""Of all answers given at least so many must be right; the others are asked back."""
OFFER_SHARE = 0.6
"""A service is worth offering from this share of the answer's threshold on."""
SURE = 0.9
"""Answers of this confidence are to be right in nine of ten cases; the figure shows whether they are."""


def calibrate(settings: Settings, say: Callable[[str], None]) -> Calibration:
    """Learn from the records' own questions, sentences about other matters, and the development file; store the result."""
    encoder = make_encoder(settings)
    services = list(load_town(settings.towns_folder, settings.town).services.values())
    everyday = everyday_sentences()
    index = ServiceIndex(services, encoder, everyday.strange)
    index.embed()
    texts = [*everyday.all, *(text for service in services for text in texts_of(service))]
    spelling = Spelling(ServiceNames(services).words, texts)
    known = [
        Labelled(spelling.mended(item.text), item.service if item.outcome == "answer" else None)
        for item in read_items(DEVELOPMENT)
        if not item.after and (item.service or item.outcome in ("refusal", "smalltalk", "info"))
    ]
    if encoder is not None:
        encoder.store([shortened(item.text) for item in known])
    words = pairs_of_own_questions(services, None, everyday.strange, lexical_only=True)
    pairs = words if encoder is None else pairs_of_own_questions(services, encoder, everyday.strange, lexical_only=False)
    unseen = learn_weights(pairs)  # without the development questions, so that the thresholds are chosen on strangers
    asked = pairs_of(index, known, lexical_only=encoder is None)
    words += pairs_of(index, known, lexical_only=True)
    full, foreign = learn_weights(pairs + asked), learn_weights(pairs + asked, DENSE_FEATURES)
    reserve = learn_weights(words, LEXICAL_FEATURES)
    draft = Calibration(encoder.name if encoder else "off", full, foreign, reserve, 0.5, 0.25, {})
    calibration = _with_thresholds(index, draft, unseen, known)
    calibration.save()
    say(f"Stored: {calibration.figures}")
    return calibration


def _with_thresholds(index: ServiceIndex, draft: Calibration, unseen: Weights, known: list[Labelled]) -> Calibration:
    """Choose the lowest threshold at which answers around it are still right often enough."""
    confidences, right = [], []
    for item in known:
        probabilities = unseen.probabilities(index.evidence(item.text, index.centred(index.encode(item.text))))
        best = int(np.argmax(probabilities))
        confidences.append(float(probabilities[best]))
        right.append(index.services[best].slug == item.slug)
    sure, hits = np.array(confidences), np.array(right)
    steps = [step / 100 for step in range(10, 90)]
    answer = next((step for step in steps if hits[sure >= step].mean() >= RIGHT_WHEN_ANSWERED), 0.5)
    asked = np.array([item.slug is not None for item in known])
    figures = {
        "questions": float(len(known)),
        "recall_at_1": float(hits[asked].mean()),
        "right_when_answered": float(hits[sure >= answer].mean()),
        "right_at_0.9": float(hits[sure >= SURE].mean()),
        "answered": float((sure[asked] >= answer).mean()),
    }
    return replace(draft, answer=answer, offer=round(answer * OFFER_SHARE, 3), figures=figures)
