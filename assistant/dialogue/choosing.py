"""Understands which of the things on offer is chosen: by place, by name, or none of them; pure."""

import re

from rapidfuzz import fuzz

from assistant.dialogue.acts import Act
from assistant.dialogue.state import DialogueState
from knowledge_base.folding import fold
from knowledge_base.load import TownKnowledge

_PLACES = {
    "1": 0, "eins": 0, "erste": 0, "ersten": 0, "erstes": 0, "first": 0, "one": 0,
    "2": 1, "zwei": 1, "zweite": 1, "zweiten": 1, "zweites": 1, "second": 1, "two": 1,
    "3": 2, "drei": 2, "dritte": 2, "dritten": 2, "drittes": 2, "third": 2, "three": 2,
    "letzte": -1, "letzten": -1, "letztes": -1, "last": -1,
}  # fmt: skip
_NONE = re.compile(
    r"\b(keins|keine|keines|keiner|nichts|weder|none|neither)\b( (davon|von|der|of|ist|beiden|beides)\b.*)?$|^(was )?(ganz )?anderes$"
)
_AROUND = re.compile(r"\b(das|die|der|den|dem|the|bitte|please|nummer|number|option|ich|meine|nehme|one)\b")
NAME_LIKENESS = 86


def choose(text: str, state: DialogueState, knowledge: TownKnowledge) -> Act | None:
    """Return the act of choosing one of the services on offer, or ``None`` when the text does something else."""
    slugs = [slug for slug in state.offered if slug in knowledge.services]
    if not slugs:
        return None
    folded = fold(text)
    if _NONE.search(folded) and len(folded.split()) <= 5:
        return Act("reject_choices", text)
    chosen = _by_place(folded, slugs) or _by_name(folded, slugs, knowledge)
    if chosen is None and len(slugs) == 1 and folded in ("ja", "genau", "yes", "ja genau", "richtig", "stimmt"):
        chosen = slugs[0]
    return Act(f"ask_{state.offered_section or 'general'}", text, service=chosen) if chosen else None


def _by_place(folded: str, slugs: list[str]) -> str | None:
    bare = _AROUND.sub(" ", folded).split()
    if len(bare) != 1 or bare[0] not in _PLACES:
        return None
    place = _PLACES[bare[0]]
    return slugs[place] if place < len(slugs) else None


def _by_name(folded: str, slugs: list[str], knowledge: TownKnowledge) -> str | None:
    """Take the one name that the text is, give or take a typo; two that fit equally well choose nothing."""
    scored = []
    for slug in slugs:
        service = knowledge.services[slug]
        names = [service.title.de, service.title.en, service.short.de, service.short.en]
        names += [word.word for words in service.synonyms.values() for word in words if not word.shared]
        scored.append((max(fuzz.ratio(folded, fold(name)) for name in names), slug))
    scored.sort(reverse=True)
    if scored[0][0] < NAME_LIKENESS or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]
