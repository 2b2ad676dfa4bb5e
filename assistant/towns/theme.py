"""Reads ``towns/<key>/theme.yml``: a town's colours, refused where text on them could not be read (WCAG 2.2, 1.4.3)."""

import re
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.reader import Reader
from knowledge_base.yaml_tree import read_tree

LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Theme:
    """The colours of a town's pages and chat."""

    strong: str = "#1f3f9e"
    """Behind buttons and the citizen's own words; like ``#1f3f9e``."""
    on_strong: str = "#ffffff"
    """Of text on it."""


def read_theme(towns: Path, key: str, reader: Reader) -> Theme:
    """Read a town's colours; without the file the usual ones. Faults go to ``reader``."""
    path = towns / key / "theme.yml"
    if not path.is_file():
        return Theme()
    tree = read_tree(path)
    own = Reader(tree.value, [tree])
    theme = Theme(own.string("strong").lower(), own.string("on_strong").lower())
    if not all(_COLOUR.fullmatch(colour) for colour in (theme.strong, theme.on_strong)):
        own.fault((), 'strong and on_strong are written like "#1f3f9e"')
    elif contrast(theme.strong, theme.on_strong) < LEAST_CONTRAST:
        found = contrast(theme.strong, theme.on_strong)
        own.fault(
            ("strong",), f"text on it has a contrast of {found:.1f}:1 only; it needs {LEAST_CONTRAST}:1, take a darker colour"
        )
    reader.faults += own.faults
    return theme if not own.faults else Theme()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
