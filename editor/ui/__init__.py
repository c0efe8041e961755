"""UI: what you see and touch. Imports Qt and the core; knows kinds of parameter, never edits."""
