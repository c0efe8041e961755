"""Translations: brings assets/packshot_zh_CN.ts up to the sources, compiles it, and tests that nothing is missing."""
