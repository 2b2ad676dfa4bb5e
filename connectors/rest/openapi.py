"""The contract of the REST way in as OpenAPI 3.1: ``openapi.yml``, completed by where this copy stands and who may ask."""

from pathlib import Path
from typing import Any

from assistant.settings import Settings
from connectors.rest.wire import is_open
from knowledge_base.yaml_file import read_yaml

DOCUMENT = Path(__file__).with_name("openapi.yml")


def openapi_document(settings: Settings) -> dict[str, Any]:
    """Return the document for ``GET /api/openapi.json``; where no key is needed it asks for none."""
    document: dict[str, Any] = read_yaml(DOCUMENT)
    if settings.public_url:
        document["servers"] = [{"url": settings.public_url}]
    if is_open(settings):
        for operation in _operations(document):
            operation.pop("security", None)
    return document


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]
