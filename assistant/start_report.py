"""What ``make run`` prints: what is on, and where."""

from assistant.hotline import Hotline
from connectors.rest.wire import key_names


def start_report(hotline: Hotline) -> list[str]:
    """Return the lines for the operator."""
    settings = hotline.settings
    base = settings.public_url or f"http://{_shown_host(settings.host)}:{settings.port}"
    towns = ", ".join(town.profile.name for town in hotline.towns.values())
    services = sum(len(town.knowledge.services) for town in hotline.towns.values())
    keys = ", ".join(key_names(settings.rest_keys))
    access = f"with a key ({keys})" if keys else "closed: set HOTLINE_REST_KEYS" if settings.is_public else "from this machine"
    reserve = any(town.search.index.is_on_reserve for town in hotline.towns.values())
    database = "PostgreSQL" if hotline.database.is_postgresql else "SQLite"
    return [
        f"The hotline answers for {towns} at {base}",
        f"  {services} services, {database}, search {'on reserve (words only)' if reserve else 'with ' + settings.encoder}",
        f"  Pages     {base}/ (chat: {base}/chat/{settings.town}; for other sites: {base}/widget.js)",
        f"  REST      {base}/webhooks/rest/webhook ({access}); contract: {base}/api/openapi.json",
        f"  Operation {base}/health {base}/ready {base}/metrics",
        f"  Try it    open {base} or run make talk",
    ]


def _shown_host(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "::") else host  # noqa: S104 - shown, not bound
