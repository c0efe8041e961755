"""Read: picture files become pixels, by the libraries that know them best."""

from editor.core.read.decode import decode, draft, size_of, thumbnail
from editor.core.read.decoded import Decoded

__all__ = ["Decoded", "decode", "draft", "size_of", "thumbnail"]
