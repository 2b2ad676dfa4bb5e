"""``python -m benchmarks.stock_rasa``: sets up and trains stock Rasa in ``var/``, measures it and prints one table."""

import asyncio

from benchmarks.stock_rasa.compare import measure_stock
from benchmarks.stock_rasa.project import trained

if __name__ == "__main__":
    asyncio.run(measure_stock(trained()))
