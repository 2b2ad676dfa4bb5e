"""Names of one service only are told from names that several share."""

from pathlib import Path

import pytest

from knowledge_base.load import load_town
from knowledge_base.names import OfficeNames, ServiceNames


@pytest.fixture(scope="module")
def names() -> ServiceNames:
    return ServiceNames(list(load_town(Path("towns"), "brandis").services.values()))


@pytest.fixture(scope="module")
def offices() -> OfficeNames:
    return OfficeNames(load_town(Path("towns"), "brandis").offices.values(), "Brandis")


def test_a_name_of_its_own_names_one_service(names: ServiceNames) -> None:
    assert names.named("Was kostet ein Reisepass?") == {"reisepass"}


def test_a_shared_name_leaves_the_choice(names: ServiceNames) -> None:
    assert {"personalausweis"} < set(names.ambiguous("Was kostet der Ausweis?"))
    assert names.named("Was kostet der Ausweis?") == set()


def test_a_name_of_its_own_beside_a_shared_one_ends_the_doubt(names: ServiceNames) -> None:
    assert names.ambiguous("Ausweis, also der Personalausweis") == ()


def test_the_longer_the_name_the_more_it_says(names: ServiceNames) -> None:
    assert names.called("Führungszeugnis")["fuehrungszeugnis"] > names.called("Perso")["personalausweis"]


@pytest.mark.parametrize(
    ("text", "office"),
    [("Wann hat das Bürgerbüro auf?", "buergerbuero"), ("Is the town hall open?", "town-hall"), ("Brandis am Freitag", None)],
)
def test_offices_are_named_without_the_name_of_the_town(offices: OfficeNames, text: str, office: str | None) -> None:
    assert offices.named(text) == office
