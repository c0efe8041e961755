"""Bench: speeds, measured by hand, never asserted in CI."""
