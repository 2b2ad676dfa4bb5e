"""``python -m benchmarks``: measures everything and prints one table; writes nothing that stays."""

import asyncio

from benchmarks.plan import measure_all

if __name__ == "__main__":
    asyncio.run(measure_all())
