"""How often somebody may do something: buckets of tokens that fill up again; pure but for the clock."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

MOST_REMEMBERED = 20_000


class Limit:
    """One bucket per key: ``burst`` at once, then ``per_second``."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float] = monotonic) -> None:
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Take one from the bucket of a key; ``False`` while it is empty."""
        now = self._clock()
        left, at = self._buckets.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._per_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        while len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed
