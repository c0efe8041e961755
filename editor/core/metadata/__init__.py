"""Metadata: what a photo file says beside its pixels, carried from file to file."""

from editor.core.metadata.embed import embed
from editor.core.metadata.read import read_metadata
from editor.core.metadata.renew import renew
from editor.core.metadata.tiff import write_tiff
from editor.core.metadata.value import Metadata

__all__ = ["Metadata", "embed", "read_metadata", "renew", "write_tiff"]
