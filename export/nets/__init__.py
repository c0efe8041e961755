"""Nets: one file, one architecture."""
