"""Which pages may open a chat: our own, and those that a town names in its folder; pure."""

from urllib.parse import urlsplit

from assistant.settings import Settings
from assistant.towns.served import ServedTowns


def allowed_origin(origin: str, host: str, settings: Settings, towns: ServedTowns) -> bool:
    """Tell whether a page of this origin may talk to us.

    ``host`` is what the request calls us; a page served under the same name is ours.
    """
    if urlsplit(origin).netloc.lower() == host.lower() and urlsplit(origin).scheme in ("http", "https"):
        return True
    public = settings.public_url
    own = {public.lower()} if public else set()
    return origin.lower() in own | {named for town in towns.values() for named in town.profile.web_origins}
