"""The contract of the REST way in as OpenAPI 3.1."""

from typing import Any

from assistant.settings import Settings


def openapi_document(settings: Settings) -> dict[str, Any]:
    """Return the document for ``GET /api/openapi.json``."""
    return {"openapi": "3.1.0", "info": {"title": "Citizen hotline assistant", "version": "0.1.0"}, "paths": {}}
