"""Benchmarks: a generator of realistic graphs, and measures beside peers."""
