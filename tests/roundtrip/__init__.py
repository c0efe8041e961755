"""Roundtrip: files of every kind, opened and saved again, and read by somebody else."""
