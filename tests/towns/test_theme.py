"""Colours on which text could not be read are refused."""

import shutil
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.towns.load import load_town_profile
from assistant.towns.theme import contrast


def town_with(tmp_path: Path, **files: str) -> Path:
    """A folder of towns with Brandis and other files in it."""
    shutil.copytree("towns/brandis", tmp_path / "brandis")
    for name, text in files.items():
        (tmp_path / "brandis" / f"{name}.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_contrast_is_what_the_guidelines_say() -> None:
    assert (contrast("#000000", "#ffffff"), contrast("#ffffff", "#ffffff")) == (21.0, 1.0)


def test_a_pale_colour_is_refused_with_its_contrast(tmp_path: Path) -> None:
    towns = town_with(tmp_path, theme='strong: "#9bb7ff"\non_strong: "#ffffff"\n')
    with pytest.raises(ConfigurationError, match=r"theme.yml.*contrast of 2\.0:1"):
        load_town_profile(towns, "brandis")


def test_a_colour_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="are written like"):
        load_town_profile(town_with(tmp_path, theme='strong: "blau"\non_strong: "#ffffff"\n'), "brandis")


def test_an_origin_with_a_path_is_refused(tmp_path: Path) -> None:
    towns = town_with(tmp_path)
    profile = towns / "brandis" / "town.yml"
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("web_origins: []", 'web_origins: ["https://www.example.org/rathaus"]'),
        "utf-8",
    )
    with pytest.raises(ConfigurationError, match="without a path"):
        load_town_profile(towns, "brandis")
