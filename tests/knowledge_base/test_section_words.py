"""Which section of a record a question's words stand in."""

from pathlib import Path

import pytest

from knowledge_base.load import load_town
from knowledge_base.model import Section
from knowledge_base.section_words import SectionWords
from tests.knowledge_base.sample_town import SampleTown


@pytest.fixture
def town(tmp_path: Path) -> SampleTown:
    return SampleTown(tmp_path)


def test_a_word_that_one_section_has_speaks_for_it(town: SampleTown) -> None:
    services = load_town(town.towns, "musterstadt", town.shared).services
    words = SectionWords(list(services.values()))
    service = services["hund"]
    told = {section: set(content.text.de.lower().split()) for section, content in service.sections.items()}
    section, own = next((section, own) for section, own in told.items() if own)
    rare = max(own - set().union(*(other for name, other in told.items() if name != section)), key=len)
    shared = words.shared("hund", rare.strip(".,:;"))
    assert max(shared, key=lambda found: shared[found].weight) == section


def test_words_that_stand_nowhere_speak_for_no_section(town: SampleTown) -> None:
    services = load_town(town.towns, "musterstadt", town.shared).services
    shared = SectionWords(list(services.values())).shared("hund", "Quantenchromodynamik")
    assert all(found.weight == 0 for found in shared.values())
    assert Section.HOURS not in shared
