"""Data: photographs as training material, and the ways light and cameras damage them."""
