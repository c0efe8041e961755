"""Craft: what several edits are made with: resampling, matting, soft masks. Works on arrays, with OpenCV."""
