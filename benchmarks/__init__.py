"""Speed and memory of one running copy, measured over HTTP on this machine; docs/benchmarks.md tells how to read it."""
