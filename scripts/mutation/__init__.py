"""Seeded errors in the real data, to measure what the shapes catch and where they place it."""
