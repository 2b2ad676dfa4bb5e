"""What ``/metrics`` counts of conversations; no label carries anything of a citizen."""

from prometheus_client import Counter, Histogram

TURNS = Counter("hotline_turns", "Answered turns", ["channel", "type"])
TURN_SECONDS = Histogram("hotline_turn_seconds", "Seconds per turn", buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5))
FAILURES = Counter("hotline_turn_failures", "Turns that ended in an apology")
DELETED = Counter("hotline_deleted_rows", "Rows deleted because their time was over", ["table"])
